"""What the demo's volunteers, schools and offices write to each other."""

CALL = (
    "专题工作坊主持人选聘",
    "为带动专题研修，省项目办面向全省中小学、幼儿园教师公开选聘专题工作坊主持人。\n\n"
    "主持人负责拟订研修指南、发起研讨、上传资源、编发简报、解答提问，任期至本年度研修结束，"
    "为志愿服务，服务情况记入档案并开具证明。\n\n"
    "请结合所申请专题说明经验与打算，由所在学校签署推荐意见。",
)
# Who writes what: account or school, topic, class of qualification, text.
LAOSHI = (
    "pupil_mental_health",
    "special_grade",
    "我做了六年班主任，同时负责学校心理社团，去年带领年级组完成“课间十分钟情绪观察”小课题。\n\n"
    "如果由我主持，我想每两周抛出一个真实情境，请大家先写做法，再一起修改，期末汇成一本情境手册。",
)
ZHENGSHU = (
    "research_methods",
    "researcher",
    "主持过两项市级小课题，熟悉课堂观察量表的编制。我愿意陪同行把自己班里的问题变成能做的小研究，"
    "每月一次线上会诊，帮大家把数据说清楚。",
)
WANCHENG = (
    "class_management",
    "special_grade",
    "从教二十年，所带班级三次获评市先进班集体。我想和青年班主任一起整理“第一个月做什么”，边做边改。",
)
ZAIKAO = ("class_management", "other", "对班级管理感兴趣，希望有机会学习和锻炼。")
OTHERS = (
    ("pupil_mental_health", "master", "国家二级心理咨询师，承担县级心理健康教育兼职教研工作五年。"),
    ("pupil_mental_health", "other", "本学期刚接任心理辅导室，愿意边学边带。"),
    ("research_methods", "researcher", "愿意参与，因借调一时难以保证时间，特此撤回。"),
)
WORDS = {
    "zhengshu": "张佳慧老师教研扎实，两项课题均已结题，同意推荐。",
    "wancheng": "欧阳䶮老师带班经验丰富，愿意帮带青年教师，同意推荐。",
    "zaikao": "该同志本学期承担毕业班教学，课务较重，建议明年再申请。",
    "county": "经研究，同意推荐。",
    "not_selected": "本专题名额有限，建议先以坊员身份参与，下一年度再申请。",
}
RETURNED = "小学数学只报了一人，且任期未注明结束日，请补充后重新报送。"
FORWARDED = "已审核，队伍结构合理。"
LEFT = "调入区教研中心，不再兼任"

"""Which lessons the demo's teachers give, and what their plans say. All invented."""

from dataclasses import dataclass

from lessons.enums import LessonState


@dataclass(frozen=True)
class LessonPlan:
    """One demo lesson: whose, where it stands in the textbook, how far it has come."""

    school: str
    teacher: str  # an account, or the number of an enrolled teacher of the school and subject
    stage: str
    subject: str
    node: str
    class_name: str
    state: str
    slides: tuple[str, ...] = ()
    summary: str = ""


MINGHU, QUANCHENG, JINGQI, HAIFENG = "3137010201", "3137010202", "3137010301", "3137020201"
LESSONS = (
    LessonPlan(
        MINGHU,
        "laoshi",
        "primary",
        "mathematics",
        "几分之一",
        "三年级2班",
        LessonState.SHOWN,
        (
            "分数的初步认识：几分之一",
            "把一个月饼平均分成两份",
            "每份是它的二分之一",
            "折一折，涂一涂",
        ),
        "从“分月饼”入手，让学生先用自己的话说一半，再引出二分之一，重点落在“平均分”。",
    ),
    LessonPlan(
        MINGHU,
        "1",
        "primary",
        "chinese",
        "花的学校",
        "三年级1班",
        LessonState.PROPOSED,
        ("花的学校 · 泰戈尔", "读：花孩子们在做什么", "想：为什么叫“花的学校”", "写：我也来写一句"),
        "以朗读带想象，学生仿写一句，感受儿童诗的节奏。",
    ),
    LessonPlan(
        MINGHU,
        "2",
        "primary",
        "chinese",
        "掌声",
        "三年级3班",
        LessonState.CHOSEN,
        ("掌声", "两次掌声有什么不同", "抓住动作和神态", "换个角度讲故事"),
        "抓住两次掌声的变化，练习换人称复述。",
    ),
    LessonPlan(
        MINGHU, "1", "primary", "english", "Unit 1 It's red.", "三年级2班", LessonState.DRAFT
    ),
    LessonPlan(
        QUANCHENG,
        "1",
        "junior",
        "chinese",
        "济南的冬天",
        "七年级4班",
        LessonState.CHOSEN,
        ("济南的冬天 · 老舍", "朗读：响晴与温晴", "比一比：北平、伦敦、济南", "我眼中的济南"),
        "从家乡写起，在比较中品味“温晴”二字。",
    ),
    LessonPlan(
        JINGQI,
        "1",
        "primary",
        "mathematics",
        "认识周长",
        "三年级1班",
        LessonState.CHOSEN,
        ("认识周长", "描一描树叶的一周", "量一量数学书的封面", "周长就是一周的长度"),
        "在描、量、比中建立周长概念。",
    ),
    LessonPlan(
        HAIFENG,
        "1",
        "primary",
        "mathematics",
        "平行四边形的面积",
        "五年级2班",
        LessonState.CHOSEN,
        ("平行四边形的面积", "剪一剪，拼一拼", "转化成长方形", "底乘高"),
        "让学生在剪拼中发现转化，说清每一步的道理。",
    ),
    LessonPlan(
        JINGQI,
        "2",
        "primary",
        "mathematics",
        "长方形和正方形的周长",
        "三年级2班",
        LessonState.CHOSEN,
        ("长方形和正方形的周长", "给花坛围一圈栅栏", "你是怎样算的", "哪种算法更方便"),
        "从给花坛围栅栏说起，比较三种算法，理解“长加宽的和乘二”。",
    ),
    LessonPlan(
        HAIFENG,
        "2",
        "primary",
        "mathematics",
        "植树问题",
        "五年级1班",
        LessonState.CHOSEN,
        ("植树问题", "二十米的小路，每隔五米栽一棵", "两端都栽，几棵", "间隔与棵数"),
        "用手指和线段图找间隔与棵数的关系，把规律说清再用。",
    ),
    LessonPlan(
        QUANCHENG,
        "1",
        "junior",
        "mathematics",
        "从算式到方程",
        "七年级1班",
        LessonState.CHOSEN,
        ("从算式到方程", "汽车匀速行驶的路程问题", "设未知数，列等式", "方程是什么"),
        "让学生先用算式，再用方程解同一道题，体会方程的好处。",
    ),
)
PLAN = "教学设计\n课题：{title}\n设计意图：{summary}\n教学过程：\n{steps}\n板书设计：{slides}\n"
STEPS = (
    "先出示月饼图，请学生说“一半”怎么写；再折一折、涂一涂，交流不同的折法；最后辨析“平均分”。",
    "配乐朗读全诗，圈出花孩子的动作；小组里说一说画面；仿照第三节写一句，当堂展示。",
    "默读两次掌声，画出描写英子的句子；换成小英的口吻复述；联系自己谈一次鼓励。",
    "",
    "出示北平、伦敦、济南三地冬天的图片；比读一二段，品味“响晴”“温晴”；写一段家乡的冬天。",
    "先描树叶的一周，再量数学书封面；小组里说一说什么是周长；用绳子量身边的三件物体，记录误差并说明原因；全班汇报后教师追问为什么要绕一整圈。",
    "先描树叶的一周，再量数学书封面；小组里说一说什么是周长；用绳子量身边的三件物体，记录误差并说明原因；全班汇报后教师追问为什么要绕一整圈；最后剪拼。",
    "先请学生估一估花坛一圈有多长，再量一量、算一算；三种算法写在黑板上，说说各自的想法；最后比较哪一种更方便。",
    "先伸出手看手指与间隔；再在小路上画线段图，从两端都栽想到只栽一端；小组里举出生活中的例子并检验。",
    "先读路程问题，试着列算式；再设未知数列等式；比较两种办法，归纳方程的特征，当堂辨一辨。",
)

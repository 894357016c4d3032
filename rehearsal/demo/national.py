"""National lessons of the demo, with what experts say of them. All of it is invented."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File

from accounts.models import User
from lessons.domain.national import add_national_lesson
from lessons.domain.rubrics import load_rubrics
from programmes.queries import current_programme
from videos.domain.synthetic import make_recording
from videos.domain.videos import add_video
from videos.models import Video

SECONDS = 20


@dataclass(frozen=True)
class NationalPlan:
    stage: str
    subject: str
    title: str
    grade: str
    edition: str
    teacher: str
    school: str
    slides: tuple[str, ...]
    commentator: str
    commentary: tuple[str, ...]


PLANS = (
    NationalPlan(
        "primary",
        "mathematics",
        "小数的意义",
        "四年级下册",
        "人教版",
        "沈一鸣",
        "江城市第一实验小学",
        ("小数的意义", "一根彩带正好一米吗", "把一米平均分成十份", "零点三米是多长"),
        "季明远（数学特级教师）",
        (
            "这节课没有急着给出“小数”两个字，而是让学生去量一根比一米短的彩带。量不尽，才需要新的数。"
            "概念的产生有了理由，学生记住的就不只是规定。",
            "最值得留意的是教师对错误的处理：有学生把十分之三写成三点零，教师没有纠正，"
            "而是请他在米尺上指出来。指的过程就是改的过程。",
            "可以再推敲的地方：练习环节的数量略多，后半段节奏偏快，"
            "建议留两分钟让学生用自己的话说一说小数和分数的关系。",
        ),
    ),
    NationalPlan(
        "primary",
        "mathematics",
        "认识平均数",
        "四年级下册",
        "苏教版",
        "乔若水",
        "云州市光明小学",
        ("认识平均数", "哪个队套得准", "移多补少", "平均水深一米，下河安全吗"),
        "季明远（数学特级教师）",
        (
            "平均数是统计量，不是算术题。执教教师用人数不同的两队比套圈，"
            "让总数失效，学生自己提出“要找一个能代表全队的数”。",
            "“平均水深一米，下河安全吗”一问，把平均数的代表性与局限性一次说清，"
            "又落到了安全教育上，自然而不生硬。",
            "建议课后延伸到班级真实数据，例如一周阅读时间，让学生自己收集、计算并作出判断。",
        ),
    ),
    NationalPlan(
        "primary",
        "chinese",
        "富饶的西沙群岛",
        "三年级上册",
        "部编版",
        "江晚秋",
        "海宁市滨江小学",
        ("富饶的西沙群岛", "海水五光十色", "海底的岩石与鱼", "我也来介绍一处风景"),
        "何知新（语文教研员）",
        (
            "围绕一个意思写，是这一单元的语文要素。教师请学生给每段加一个小标题，"
            "小标题对了，段意也就抓住了，方法朴素而有效。",
            "朗读指导有层次：先读准，再读出画面，最后读给没去过的人听。第三遍的对象感，"
            "让读书有了目的。",
            "迁移写作从“操场一角”写起，贴近学生，难度合适。",
        ),
    ),
    NationalPlan(
        "primary",
        "chinese",
        "海滨小城",
        "三年级上册",
        "部编版",
        "陆清扬",
        "南屿市中心小学",
        ("海滨小城", "关键语句在哪里", "庭院、公园、街道", "小城的美与净"),
        "何知新（语文教研员）",
        (
            "教师把“借助关键语句理解一段话”教得清清楚楚：找出来、圈出来、说说它管着哪几句。",
            "课堂上给了默读足足三分钟，没有配乐，没有催促。安静，是这节课最好的设计。",
            "小组汇报时个别学生照念批注，可以要求合上书本说。",
        ),
    ),
    NationalPlan(
        "kindergarten",
        "preschool",
        "会滚的罐子",
        "中班",
        "科学领域",
        "白知夏",
        "晴川市机关幼儿园",
        ("会滚的罐子", "哪个罐子滚得远", "装满与空罐", "我们的发现"),
        "纪怀瑾（学前教育专家）",
        (
            "材料少而准：只有罐子、米和斜坡。孩子有足够的时间反复试，教师在旁边记录而不打断。",
            "分享环节请孩子用图画记录，再请同伴“读图”，语言与科学领域自然融合。",
            "可以把材料留在区角，让没有试够的孩子第二天继续。",
        ),
    ),
    NationalPlan(
        "kindergarten",
        "preschool",
        "小蚂蚁搬豆豆",
        "小班",
        "健康领域",
        "闻小满",
        "梅林市第二幼儿园",
        ("小蚂蚁搬豆豆", "手膝着地向前爬", "绕过小石头", "一起搬回家"),
        "纪怀瑾（学前教育专家）",
        (
            "用一个完整的游戏情境串起爬、绕、合作三个层次，运动量逐步增加，张弛得当。",
            "教师的语言简短、有画面，孩子听得懂、跟得上。保育员的位置也经过设计，照应到了每个孩子。",
            "个别胆小的孩子可以先做“观察员”，再邀请他加入。",
        ),
    ),
)


def offer_national_lessons() -> None:
    """Two lessons for some subjects; their recordings are prepared by the worker."""
    load_rubrics()
    officer = User.objects.get(username="xiangmu")
    programme = current_programme()
    with tempfile.TemporaryDirectory() as folder:
        for number, plan in enumerate(PLANS):
            content = {
                "title": plan.title,
                "grade": plan.grade,
                "edition": plan.edition,
                "teacher_name": plan.teacher,
                "school_name": plan.school,
                "commentator": plan.commentator,
                "commentary": "".join(f"<p>{paragraph}</p>" for paragraph in plan.commentary),
                "video": _film(plan, Path(folder) / f"{number}.mp4", officer),
            }
            add_national_lesson(programme, plan.stage, plan.subject, content, by=officer)


def _film(plan: NationalPlan, path: Path, officer: User) -> Video:
    signed = f"{plan.school} {plan.teacher}"
    make_recording(path, plan.title, plan.slides, seconds=SECONDS, teacher=signed)
    with path.open("rb") as film:
        return add_video(File(film, name=f"{plan.title}.mp4"), plan.title, officer)

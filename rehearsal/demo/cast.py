"""Who and what the demo is made of. Every person and school is invented."""

from dataclasses import dataclass

from accounts.enums import Role
from organisations.enums import SchoolKind

PASSWORD = "Yanxiu-2026"  # noqa: S105 - printed on purpose; the demo holds no real data

PROVINCE, CITY, COUNTY, OTHER_COUNTY, OTHER_CITY = "370000", "370100", "370102", "370103", "370202"


@dataclass(frozen=True)
class SchoolPlan:
    """A demo school and how its teachers are spread over stages and subjects."""

    code: str
    name: str
    place: str
    teachers: int
    stage: str
    subjects: tuple[str, ...]
    kind: str = SchoolKind.SCHOOL
    licence_number: str = ""
    acting_county: str = ""


SCHOOLS = (
    SchoolPlan(
        "3137010201",
        "明湖路实验小学",
        COUNTY,
        36,
        "primary",
        ("chinese", "mathematics", "english", "science", "music", "sports"),
    ),
    SchoolPlan(
        "3137010202",
        "泉城路初级中学",
        COUNTY,
        30,
        "junior",
        ("chinese", "mathematics", "english", "physics", "history", "geography"),
    ),
    SchoolPlan(
        "3137010203",
        "历山高级中学",
        COUNTY,
        28,
        "senior",
        ("chinese", "mathematics", "english", "chemistry", "biology", "politics"),
    ),
    SchoolPlan(
        "3137010204",
        "百花洲幼儿园",
        COUNTY,
        14,
        "kindergarten",
        ("preschool",),
        SchoolKind.KINDERGARTEN,
        "教民137010200004号",
    ),
    SchoolPlan(
        "3137010301",
        "经七路第二小学",
        OTHER_COUNTY,
        24,
        "primary",
        ("chinese", "mathematics", "fine_art", "moral_and_life"),
    ),
    SchoolPlan(
        "3137010001",
        "济南市直属实验中学",
        CITY,
        18,
        "junior",
        ("chinese", "mathematics", "biology"),
        acting_county=COUNTY,
    ),
    SchoolPlan(
        "3137020201",
        "海风路小学",
        OTHER_CITY,
        20,
        "primary",
        ("chinese", "mathematics", "english"),
    ),
)


@dataclass(frozen=True)
class StaffPlan:
    """One printed account: what it is for, and where its role holds."""

    username: str
    real_name: str
    role: Role | None
    place: str
    note: str


STAFF = (
    StaffPlan("sheng", "宋立新", Role.ADMINISTRATOR, PROVINCE, "省管理员"),
    StaffPlan("xiangmu", "梁晓东", Role.PROJECT_OFFICER, PROVINCE, "省项目办人员"),
    StaffPlan("bianji", "陆文静", Role.EDITOR, PROVINCE, "内容编辑"),
    StaffPlan("jinan", "崔建国", Role.ADMINISTRATOR, CITY, "济南市管理员"),
    StaffPlan("lixia", "韩秀英", Role.ADMINISTRATOR, COUNTY, "历下区管理员"),
    StaffPlan("lixia2", "谭志远", Role.ADMINISTRATOR, COUNTY, "历下区管理员（第二人）"),
    StaffPlan("shizhong", "邱海燕", Role.ADMINISTRATOR, OTHER_COUNTY, "市中区管理员"),
    StaffPlan("shenji", "方正平", Role.AUDITOR, COUNTY, "历下区审计员（只读）"),
    StaffPlan("piyue", "孟庆华", Role.MARKER, COUNTY, "历下区批阅教师"),
    StaffPlan("zhuchi", "苏慧敏", None, "3137010301", "工作坊主持人（历下区小学数学）"),
    StaffPlan("xiaozhang", "郝春光", Role.PRINCIPAL, "3137010201", "明湖路实验小学校长"),
    StaffPlan("yuanzhang", "白玉兰", Role.PRINCIPAL, "3137010204", "百花洲幼儿园园长"),
)

TEACHERS = (
    StaffPlan(
        "laoshi",
        "李明慧",
        None,
        "3137010201",
        "教师：学习中，作业被退回，四节课例待评，自己的课收到评课",
    ),
    StaffPlan("xinren", "王小雨", None, "3137010201", "教师：刚被报名，待本人确认"),
    StaffPlan("wancheng", "欧阳䶮", None, "3137010201", "教师：36 学时已满，待学校确认登记"),
    StaffPlan("zhengshu", "张佳慧", None, "3137010201", "教师：已登记，持有证书"),
    StaffPlan(
        "zaikao", "孙文博", None, "3137010201", "教师：四节课例已评完；测试次数已用完，申请再考一次"
    ),
    StaffPlan("youjiao", "阿依古丽·吐尔逊", None, "3137010204", "幼儿园教师：尚未开始"),
)

"""What people of a rehearsal write about lessons: put together from parts, never twice alike."""

from typing import Any

SEEN = (
    "导入用了学生昨天的错题，三分钟就把全班的注意力拢到了一处",
    "教师把课本上的例题换成了本地的材料，学生一看就有话说",
    "小组讨论前先给了两分钟独立思考，安静而有效",
    "板书只有三行，却把这节课的来龙去脉写清楚了",
    "提问有层次，先问看到了什么，再问为什么，最后问还能怎样",
    "学生说错时教师没有打断，而是请他再指给大家看一遍",
)
LEARNT = (
    "我准备把这种先量再问的办法用到下周的新授课里",
    "这提醒我：练习不在多，要让每个学生都有一次说清楚的机会",
    "我会在备课时多写一栏“学生可能怎样想”",
    "我们教研组打算用同样的材料上一节对比课",
    "我想试着少说一半的话，把时间还给学生",
    "我要把评价的话说得更具体，让学生知道好在哪里",
)
ADVICE = (
    "可以再推敲的是最后的练习，节奏偏快，建议留出两分钟让学生小结",
    "如果能让后排的学生也上台展示一次，参与面会更广",
    "课件翻得稍快，个别学生来不及记，建议打印一张任务单",
    "建议把课后作业分成两层，照顾到不同水平的学生",
    "对回答的追问还可以再进一步，请学生说出自己的依据",
    "如果时间允许，最好让学生自己提出一个新问题再下课",
)
REASONS = (
    "目标写得具体，课堂上看得见学生达到了它",
    "大多数学生动了手、开了口，参与是真实的",
    "环节之间过渡自然，没有多余的表演",
    "材料选得准，贴近学生的生活经验",
)


def _parts(number: int) -> tuple[str, str, str]:
    return SEEN[number % 6], LEARNT[number // 6 % 6], ADVICE[number // 36 % 6]


def commentary(title: str) -> str:
    """An expert's words on a national lesson."""
    paragraphs = (f"《{title}》一课，{SEEN[0]}。{SEEN[4]}。", f"{ADVICE[0]}。")
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def reflections(number: int) -> str:
    """A reflection long enough for every year's rules."""
    seen, learnt, advice = _parts(number)
    text = f"看完这节课，第{number}次记下自己的想法：{seen}；{SEEN[(number + 2) % 6]}。"
    return f"<p>{text}{learnt}，{LEARNT[(number + 3) % 6]}。</p><p>{advice}。</p>"


def said(rubric: Any, number: int) -> tuple[dict[str, Any], str]:
    """Levels with their reasons, and a comment, as the form would have brought them."""
    levels = {
        line["key"]: {
            "level": line["levels"][(number + place) % 2]["value"],
            "reason": f"{REASONS[(number + place) % 4]}（第{number}条）。",
        }
        for place, line in enumerate(rubric.lines)
    }
    seen, learnt, advice = _parts(number)
    more = SEEN[(number + 1) % 6], LEARNT[(number + 2) % 6], ADVICE[(number + 1) % 6]
    text = f"第{number}号点评。{seen}，{more[0]}。{advice}，{more[2]}。{learnt}，{more[1]}。"
    return levels, text

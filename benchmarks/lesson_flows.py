"""What the browsers of teachers and principals send around lessons, per round."""

import json
from urllib.parse import urlencode

from benchmarks.flows import FORM

TEXT = "导入自然，提问有层次，学生动手又动口；练习的节奏可以再慢一点，给每个学生说清楚的机会。" * 3


def lesson(session, **counting):
    """One's own lesson: player, materials, what is missing, what colleagues said."""
    _response, text = session.ask("GET", f"/lessons/{session.teacher['lesson']}/", **counting)
    assert "示范课" in text.decode()


def review(session, **counting):
    """The autosave of a whole review of a drawn lesson."""
    session.beats += 1
    teacher = session.teacher
    form = {"text": f"{TEXT}{session.beats}", "revision": teacher["revision"]}
    for key in teacher["lines"]:
        form |= {f"level-{key}": "3", f"reason-{key}": f"具体可信，第{session.beats}次修改。"}
    path = f"/lessons/reviews/{teacher['review']}/save/"
    _response, text = session.ask("POST", path, urlencode(form), FORM, **counting)
    teacher["revision"] = json.loads(text)["revision"]


def cases(session, **counting):
    """The reviewer's list: the four drawn lessons with where each stands."""
    _response, text = session.ask("GET", "/lessons/cases/", **counting)
    assert text.decode().count("示范课") >= 4


def desk(session, **counting):
    """The school's list of a thousand lessons: the last saved fifty, counted by state."""
    _response, text = session.ask("GET", "/lessons/desk/", **counting)
    shown = text.decode()
    assert "1000" in shown or "1,000" in shown or "1008" in shown or "1,008" in shown

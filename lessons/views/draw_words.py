"""A draw's numbers in sentences and as a chart."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.enums import Rung
from programmes.enums import Stage


def group_lines(groups, pack):
    """One line per stage and subject, in the order of the year's plan."""
    order = [
        (stage, subject.key)
        for stage, subjects in pack.stage_subjects.items()
        for subject in subjects
    ]
    known = {(group["stage"], group["subject"]): group for group in groups}
    return [line_of(known[place], pack) for place in order if place in known]


def line_of(group, pack):
    subject = pack.subject(group["stage"], group["subject"])
    steps = group["steps"]
    return {
        **group,
        "title": title_of(pack, group["stage"], group["subject"]),
        "subject_title": subject.title if subject else group["subject"],
        "stage_title": Stage(group["stage"]).label,
        "count": sum(group["lessons"].values()),
        "load": span(group["loads"]),
        "rung_title": Rung(group["rung"]).label,
        "climbed": len(steps) > 1 or group["short"] > 0,
        "sentences": ladder_sentences(steps, pack.draw.lessons) if len(steps) > 1 else [],
        "uneven": group["loads"][1] - group["loads"][0] > 1,
    }


def title_of(pack, stage, subject_key):
    subject = pack.subject(stage, subject_key)
    what = {"stage": Stage(stage).label, "subject": subject.title if subject else subject_key}
    return _("%(stage)s %(subject)s") % what


def span(loads):
    """30, or 29–30 where loads differ by one."""
    least, most = loads
    return str(least) if least == most else f"{least}–{most}"


def ladder_sentences(steps, lessons):
    """Rung by rung what was tried and why it did or did not suffice (A4)."""
    return [
        _step_sentence(step, first=not place, lessons=lessons) for place, step in enumerate(steps)
    ]


def _step_sentence(step, *, first, lessons):
    if not first and not step["added"]:
        return _("%(rung)s: there are none.") % {"rung": capfirst(Rung(step["rung"]).label)}
    came = ngettext(
        "%(rung)s: %(count)s lesson.", "%(rung)s: %(count)s lessons.", step["added"]
    ) % {
        "rung": capfirst(Rung(step["rung"]).label),
        "count": step["added"],
    }
    return f"{came} {_outcome(step, lessons)}"


def _outcome(step, lessons):
    if step["missing"]:
        return ngettext(
            "%(count)s lesson would still be missing in people's hands.",
            "%(count)s lessons would still be missing in people's hands.",
            step["missing"],
        ) % {"count": step["missing"]}
    least, most = step["loads"]
    if most - least > 1:
        return _(
            "Everybody would have %(lessons)s, but one lesson %(least)s and another %(most)s "
            "reviewers, because own schools and declared exclusions leave no other way."
        ) % {"lessons": lessons, "least": least, "most": most}
    return _("Everybody has %(lessons)s; each lesson has %(load)s reviewers.") % {
        "lessons": lessons,
        "load": span(step["loads"]),
    }


def load_chart(lines):
    """Reviewers per lesson in each stage and subject, as an option for the chart component."""
    titles = [line["title"] for line in lines]
    least = [line["loads"][0] for line in lines]
    most = [line["loads"][1] for line in lines]
    return {
        "title": _("Reviewers per lesson"),
        "head": [_("Stage and subject"), _("least"), _("most")],
        "rows": list(zip(titles, least, most, strict=True)),
        "option": {
            "grid": {"left": 48, "right": 16, "top": 36, "bottom": 96},
            "legend": {"top": 0},
            "tooltip": {"trigger": "axis"},
            "xAxis": {
                "type": "category",
                "data": titles,
                "axisLabel": {"rotate": 60, "interval": 0, "fontSize": 11},
            },
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [
                {"type": "bar", "name": _("least"), "data": least},
                {"type": "bar", "name": _("most"), "data": most},
            ],
        },
    }

"""The map of the curriculum: where there are outstanding lessons, and where there are none."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lessons.enums import NodeKind
from lessons.models import CurriculumNode
from lessons.queries.coverage import coverage_below, coverage_of_subjects
from lessons.queries.place import place_titles
from lessons.views.door import year_or_404
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage

SORTS = {
    "title": lambda line: line["title"],
    "total": lambda line: line["part"].total,
    "covered": lambda line: line["part"].covered,
    "open": lambda line: line["part"].open,
    "lessons": lambda line: line["part"].outstanding,
}


@login_required
@require_GET
def coverage(request):
    """All subjects, or the grades of one; counts only, so everybody signed in may look."""
    programme = year_or_404()
    pack = rule_pack_of(programme)
    only = programme if request.GET.get("year") == "this" else None
    stage, _colon, subject = request.GET.get("subject", "").partition(":")
    if pack.subject(stage, subject) is None:
        parts = coverage_of_subjects(only)
        lines = [subject_line(part, pack) for part in parts if in_the_year(part, pack)]
        lines.sort(key=lambda line: line["order"])
        return show(request, lines, [], _("The curriculum"), programme)
    lines = [node_line(part) for part in coverage_below(stage, subject, None, only)]
    title = f"{Stage(stage).label} · {pack.subject(stage, subject).title}"
    return show(request, lines, [], title, programme, subject=f"{stage}:{subject}")


@login_required
@require_GET
def coverage_node(request, pk):
    """What lies right below one place."""
    programme = year_or_404()
    only = programme if request.GET.get("year") == "this" else None
    node = get_object_or_404(CurriculumNode, pk=pk)
    lines = [node_line(part) for part in coverage_below(node.stage, node.subject, node, only)]
    pair = f"{node.stage}:{node.subject}"
    titled = rule_pack_of(programme).subject(node.stage, node.subject)
    words = f"{Stage(node.stage).label} · {titled.title if titled else node.subject}"
    trail = [(words, f"{reverse('lessons:coverage')}?subject={pair}")]
    keys = [int(key) for key in node.path.split("/") if key]
    titles = place_titles(node)
    trail += [
        (title, reverse("lessons:coverage_node", args=[key]))
        for key, title in zip(keys[:-1], titles[:-1], strict=True)
    ]
    return show(request, lines, trail, node.title, programme, subject=pair)


def show(request, lines, trail, title, programme, *, subject=""):
    total = sum(line["part"].total for line in lines)
    covered = sum(line["part"].covered for line in lines)
    if request.GET.get("show") == "open":
        lines = [line for line in lines if line["part"].open]
    sort = request.GET.get("sort", "")
    if key := SORTS.get(sort.lstrip("-")):
        lines.sort(key=key, reverse=sort.startswith("-"))
    context = {
        "title": title,
        "trail": trail,
        "lines": lines,
        "total": total,
        "covered": covered,
        "open": total - covered,
        "subject": subject,
        "year": request.GET.get("year", ""),
        "shown": request.GET.get("show", ""),
        "programme": programme,
        "chart": chart_of(lines),
    }
    return render(request, "lessons/coverage.html", context)


def in_the_year(part, pack):
    return pack.subject(*part.key) is not None


def subject_line(part, pack):
    stage, subject = part.key
    return {
        "part": part,
        "title": f"{Stage(stage).label} · {pack.subject(stage, subject).title}",
        "url": f"{reverse('lessons:coverage')}?subject={stage}:{subject}",
        "order": (Stage.values.index(stage), subject),
    }


def node_line(part):
    leaf = part.kind == NodeKind.LESSON
    address = f"{reverse('lessons:catalogue')}?node={part.key}" if part.outstanding else ""
    url = address if leaf else reverse("lessons:coverage_node", args=[part.key])
    return {"part": part, "title": part.title, "url": url, "leaf": leaf}


def chart_of(lines):
    """Covered and not covered, one bar per line, with the same numbers as a table."""
    if not 1 < len(lines) <= 40:
        return None
    names = [line["title"] for line in lines]
    covered = [line["part"].covered for line in lines]
    still_open = [line["part"].open for line in lines]
    bar = {"type": "bar", "stack": "all", "barMaxWidth": 28}
    return {
        "head": [_("Part"), _("with an outstanding lesson"), _("without")],
        "rows": list(zip(names, covered, still_open, strict=True)),
        "option": {
            "grid": {"left": 8, "right": 16, "top": 36, "bottom": 8, "containLabel": True},
            "tooltip": {"trigger": "axis"},
            "legend": {"top": 0, "left": 0},
            "xAxis": {"type": "value", "minInterval": 1},
            "yAxis": {"type": "category", "data": names, "inverse": True},
            "series": [
                bar | {"name": _("with an outstanding lesson"), "data": covered},
                bar
                | {
                    "name": _("without"),
                    "data": still_open,
                    "itemStyle": {"color": "rgba(128, 146, 148, .35)"},
                },
            ],
        },
    }

"""The public page of a draw: announcement, seed, result, files, and how to check them."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from lessons.domain.drawing.publication import archive, published_files
from lessons.domain.drawing.supplements import chain_head
from lessons.enums import DrawState
from lessons.models import Draw
from lessons.views.draw_words import group_lines, load_chart
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from programmes.queries import current_programme

TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}
TEXT = "text/plain; charset=utf-8"


@require_GET
def draw(request):
    """The draw of the year that is under way."""
    programme = current_programme()
    if programme is None:
        raise Http404
    return _page(request, programme)


@require_GET
def draw_of(request, code):
    """The draw of any year."""
    return _page(request, get_object_or_404(Programme, code=code))


@require_GET
def draw_file(request, code, name):
    """One published file, to everybody."""
    found = next((file for file in published_files(_public(code)) if file.name == name), None)
    if found is None:
        raise Http404
    kind = next((kind for end, kind in TYPES.items() if name.endswith(end)), TEXT)
    return FileResponse(found.open(), as_attachment=True, filename=name, content_type=kind)


@require_GET
def draw_archive(request, code):
    """All published files as one archive."""
    response = StreamingHttpResponse(archive(_public(code)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="draw-{code}.zip"'
    return response


def _public(code):
    draws = Draw.objects.select_related("programme").exclude(state=DrawState.PREPARED)
    return get_object_or_404(draws, programme__code=code)


def _page(request, programme):
    draw = Draw.objects.filter(programme=programme).select_related("programme").first()
    announced = draw is not None and draw.state != DrawState.PREPARED
    context = {
        "programme": programme,
        "draw": draw if announced else None,
        "drawn": announced and draw.state == DrawState.DRAWN,
        "pack": rule_pack_of(programme).draw,
        "files": published_files(draw) if announced else [],
    }
    if context["drawn"]:
        lines = group_lines(draw.statistics["groups"], rule_pack_of(programme))
        context |= {
            "lines": lines,
            "climbed": [line for line in lines if line["climbed"]],
            "chart": load_chart(lines),
            "sums": draw.statistics["sums"],
            "supplements": draw.supplements.all(),
            "chain": chain_head(draw)[1],
        }
    return render(request, "lessons/draw/public.html", context)

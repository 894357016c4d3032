"""The expert's commentary on a lesson of the pool, written by the project office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import DomainError
from lessons.domain.pool.commenting import write_commentary
from lessons.forms.draw import CommentaryForm
from lessons.models import OutstandingLesson
from lessons.views.national_desk import office_year
from programmes.domain.rulepacks import rule_pack_of


@login_required
def commentary(request, pk):
    """Write, change or take away the commentary; a refused text stays in the form."""
    programme = office_year(request)
    lesson = get_object_or_404(OutstandingLesson.objects.select_related("lesson"), pk=pk)
    written = {"commentator": lesson.commentator, "commentary": lesson.commentary}
    form = CommentaryForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        try:
            write_commentary(pk, **form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error("commentator", str(refusal))
        else:
            messages.success(request, _("The commentary is saved."))
            return redirect("lessons:draw_group", stage=lesson.stage, subject=lesson.subject)
    rules = rule_pack_of(programme).review
    context = {"lesson": lesson, "form": form, "after": rules.commentary != "always"}
    return render(request, "lessons/draw/commentary.html", context)

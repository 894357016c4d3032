from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.models import User
from core.errors import DomainError
from lessons.domain.team import add_member, remove_member
from lessons.enums import TeamRole
from lessons.models import LessonMember
from lessons.views.door import kept_lesson
from lessons.views.files import edit_address


@login_required
@require_POST
def member_add(request, pk):
    """Somebody of the lesson's school, found by name on the form."""
    lesson = kept_lesson(request, pk)
    person = colleague_or_404(request, lesson.school)
    role = request.POST.get("role", "")
    try:
        add_member(
            lesson,
            person,
            role if role in TeamRole.values else TeamRole.CO_TEACHER,
            by=request.user,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{edit_address(pk)}#team")


@login_required
@require_POST
def member_out(request, pk):
    member = get_object_or_404(LessonMember.objects.select_related("lesson"), pk=pk)
    kept_lesson(request, member.lesson_id)
    try:
        remove_member(member, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{edit_address(member.lesson_id)}#team")


def colleague_or_404(request, school):
    """The person whose key the page sent, if it is somebody of ``school``."""
    asked = request.POST.get("person", "")
    found = User.objects.filter(school=school, is_active=True)
    return get_object_or_404(found, pk=asked if asked.isdecimal() else 0)

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from courses.domain.questions import add_question, revise_question, set_question_open
from courses.forms.assessment import QuestionForm
from courses.models import Course
from courses.models.question import Question
from courses.permissions import can_edit_questions
from courses.queries.assessment import banks_of, question_bank


def editors_only(request):
    if not can_edit_questions(request.user):
        raise PermissionDenied


@login_required
@require_GET
def banks(request):
    """Every course with the size of its question bank."""
    editors_only(request)
    courses = banks_of(Course.objects.order_by("category", "topic", "title"))
    return render(request, "courses/questions/banks.html", {"courses": courses})


@login_required
@require_GET
def bank(request, code):
    editors_only(request)
    course = get_object_or_404(Course, code=code)
    context = {"course": course, "questions": question_bank(course)}
    return render(request, "courses/questions/bank.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request, code):
    editors_only(request)
    course = get_object_or_404(Course, code=code)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_question(course, form.content(), by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question is in the bank."))
            return redirect("courses:bank", code=code)
    return render(request, "courses/questions/question.html", {"course": course, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def revise(request, pk):
    editors_only(request)
    question = get_object_or_404(Question.objects.select_related("course"), pk=pk)
    newest = question.versions.order_by("-number").first()
    form = QuestionForm(request.POST or None, initial=QuestionForm.initial_of(newest))
    if request.method == "POST" and form.is_valid():
        try:
            revise_question(question, form.content(), by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Future papers ask the question in its new words."))
            return redirect("courses:bank", code=question.course.code)
    context = {"course": question.course, "question": question, "form": form, "version": newest}
    return render(request, "courses/questions/question.html", context)


@login_required
@require_POST
def switch(request, pk):
    """Take a question out of future papers, or back in."""
    editors_only(request)
    question = get_object_or_404(Question.objects.select_related("course"), pk=pk)
    set_question_open(question, "open" in request.POST, by=request.user)
    return redirect("courses:bank", code=question.course.code)

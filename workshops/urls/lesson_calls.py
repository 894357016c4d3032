"""Addresses of a school's calls on lessons."""

from django.urls import path

from workshops.views import lesson_calls

urlpatterns = [
    path("lesson-calls/", lesson_calls.calls, name="lesson_calls"),
    path("lesson-calls/new/", lesson_calls.call_new, name="lesson_call_new"),
    path("lesson-calls/files/<int:pk>/", lesson_calls.call_file, name="lesson_call_file"),
    path("lesson-calls/<int:pk>/", lesson_calls.call, name="lesson_call"),
    path("lesson-calls/<int:pk>/words/", lesson_calls.call_word, name="lesson_call_word"),
    path("lesson-calls/<int:pk>/act/", lesson_calls.call_act, name="lesson_call_act"),
    path("lesson-calls/<int:pk>/visit/", lesson_calls.call_visit, name="lesson_call_visit"),
    path("lesson-calls/<int:pk>/done/", lesson_calls.call_done, name="lesson_call_done"),
]

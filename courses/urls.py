from django.urls import path

from courses.views import (
    choose,
    further,
    homework,
    marking,
    mine,
    questions,
    study,
    supply,
    tests,
    topics,
)

app_name = "courses"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("choose/", choose.choose, name="choose"),
    path("choose/<slug:code>/", choose.take, name="choose_course"),
    path("choose/<slug:code>/drop/", choose.leave, name="drop_course"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<int:pk>/", topics.topics_of, name="topics_of"),
    path("supply/", supply.supply_desk, name="supply"),
    path("attempts/<int:pk>/", tests.attempt, name="attempt"),
    path("attempts/<int:pk>/answer/", tests.answer, name="attempt_answer"),
    path("attempts/<int:pk>/hand-in/", tests.hand_in, name="attempt_hand_in"),
    path("further-attempts/", further.desk, name="further_attempts"),
    path("further-attempts/<int:pk>/", further.decide, name="further_attempt"),
    path("homework-files/<int:pk>/", homework.file, name="homework_file"),
    path("marking/", marking.marking, name="marking"),
    path("marking/<int:pk>/", marking.mark, name="mark"),
    path("questions/", questions.banks, name="banks"),
    path("questions/<int:pk>/", questions.revise, name="question"),
    path("questions/<int:pk>/switch/", questions.switch, name="question_switch"),
    path("questions/of/<slug:code>/", questions.bank, name="bank"),
    path("questions/of/<slug:code>/add/", questions.add, name="question_add"),
    path("<slug:code>/test/", tests.test, name="test"),
    path("<slug:code>/test/start/", tests.start, name="test_start"),
    path("<slug:code>/test/further/", further.ask, name="further_attempt_ask"),
    path("<slug:code>/homework/", homework.homework, name="homework"),
    path("<slug:code>/homework/draft/", homework.draft, name="homework_draft"),
    path("<slug:code>/homework/drop/<int:pk>/", homework.drop_file, name="homework_drop_file"),
    path("<slug:code>/", study.course, name="course"),
    path("<slug:code>/modules/<int:pk>/", study.module, name="module"),
]

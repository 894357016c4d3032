from django.urls import path

from courses.views import choose, mine, supply, topics

app_name = "courses"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("choose/", choose.choose, name="choose"),
    path("choose/<slug:code>/", choose.take, name="choose_course"),
    path("choose/<slug:code>/drop/", choose.leave, name="drop_course"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<int:pk>/", topics.topics_of, name="topics_of"),
    path("supply/", supply.supply_desk, name="supply"),
]

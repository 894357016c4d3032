from django.urls import path

from lessons.views import (
    begin,
    cases,
    comments,
    edit,
    files,
    lists,
    national,
    national_desk,
    page,
    received,
    review,
    team,
)

app_name = "lessons"

national_urls = [
    path("national/", national.mine, name="national"),
    path("national/<int:pk>/", national.watch, name="national_watch"),
    path("national/<int:pk>/reflection/", national.reflect, name="national_reflect"),
    path("national/<int:pk>/draft/", national.draft, name="national_draft"),
    path("national/desk/", national_desk.desk, name="national_desk"),
    path("national/desk/<int:pk>/", national_desk.change, name="national_change"),
    path("national/desk/<int:pk>/withdraw/", national_desk.withdraw, name="national_withdraw"),
    path("national/desk/<slug:stage>/<slug:subject>/", national_desk.group, name="national_group"),
]

review_urls = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<int:pk>/", review.review, name="review"),
    path("reviews/<int:pk>/save/", review.save, name="review_save"),
    path("reviews/<int:pk>/pins/", comments.pin_to_review, name="pin_to_review"),
    path("reviews/<int:pk>/useful/", received.useful, name="review_useful"),
    path("reviews/<int:pk>/answer/", received.answer, name="review_answer"),
    path("pins/<int:pk>/out/", comments.unpin, name="unpin"),
    path("<int:pk>/observe/", review.observe, name="observe"),
    path("<int:pk>/pins/", comments.pin_to_lesson, name="pin_to_lesson"),
    path("<int:pk>/reviews/", received.reviews, name="reviews"),
]

lesson_urls = [
    path("", lists.home, name="home"),
    path("mine/", lists.mine, name="mine"),
    path("desk/", lists.desk, name="desk"),
    path("new/", begin.begin, name="begin"),
    path("places/", edit.place, name="place"),
    path("materials/<int:pk>/", files.material, name="material"),
    path("materials/<int:pk>/out/", files.material_out, name="material_out"),
    path("members/<int:pk>/out/", team.member_out, name="member_out"),
    path("<int:pk>/", page.lesson, name="lesson"),
    path("<int:pk>/edit/", edit.edit, name="edit"),
    path("<int:pk>/draft/", edit.draft, name="draft"),
    path("<int:pk>/move/", page.move, name="move"),
    path("<int:pk>/recording/", files.recording_add, name="recording_add"),
    path("<int:pk>/materials/<slug:kind>/", files.material_add, name="material_add"),
    path("<int:pk>/members/", team.member_add, name="member_add"),
]

urlpatterns = [*national_urls, *review_urls, *lesson_urls]

from django.urls import path

from lessons.views import (
    audience,
    begin,
    case_files,
    cases,
    catalogue,
    comments,
    coverage,
    curriculum,
    draw,
    draw_commentary,
    draw_desk,
    draw_groups,
    edit,
    files,
    hints,
    lists,
    national,
    national_desk,
    page,
    push,
    receipt,
    received,
    reports,
    research,
    research_desk,
    review,
    rubrics,
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
    path("cases/<int:pk>/materials/<int:file>/", case_files.case_material, name="case_material"),
    path("reviews/<int:pk>/save/", review.save, name="review_save"),
    path("reviews/<int:pk>/pins/", comments.pin_to_review, name="pin_to_review"),
    path("reviews/<int:pk>/useful/", received.useful, name="review_useful"),
    path("reviews/<int:pk>/answer/", received.answer, name="review_answer"),
    path("pins/<int:pk>/out/", comments.unpin, name="unpin"),
    path("<int:pk>/observe/", review.observe, name="observe"),
    path("<int:pk>/pins/", comments.pin_to_lesson, name="pin_to_lesson"),
    path("<int:pk>/reviews/", received.reviews, name="reviews"),
]

rubric_urls = [
    path("rubrics/", rubrics.rubrics, name="rubrics"),
    path("rubrics/draft/", rubrics.rubric_draft, name="rubric_draft"),
    path("rubrics/<int:pk>/", rubrics.rubric, name="rubric"),
    path("rubrics/<int:pk>/edit/", rubrics.rubric_edit, name="rubric_edit"),
    path("rubrics/<int:pk>/publish/", rubrics.rubric_publish, name="rubric_publish"),
    path("rubrics/<int:pk>/act/", rubrics.rubric_act, name="rubric_act"),
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

audience_urls = [
    path("catalogue/", catalogue.lesson_catalogue, name="catalogue"),
    path("<int:pk>/audience/", audience.audience, name="audience"),
    path("<int:pk>/viewers/", audience.viewer_add, name="viewer_add"),
    path("viewers/<int:pk>/end/", audience.viewer_end, name="viewer_end"),
    path("<int:pk>/consent/", audience.consent_file, name="consent_file"),
    path("releases/<int:pk>/consent/", audience.consent, name="consent"),
    path("releases/<int:pk>/approve/", audience.release_approve, name="release_approve"),
    path("releases/<int:pk>/withdraw/", audience.release_withdraw, name="release_withdraw"),
]
curriculum_urls = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/<int:pk>/", coverage.coverage_node, name="coverage_node"),
    path("curriculum/", curriculum.curriculum, name="curriculum"),
    path("curriculum/add/", curriculum.node_add, name="node_add"),
    path("curriculum/<int:pk>/", curriculum.node, name="node"),
    path("curriculum/<int:pk>/act/", curriculum.node_act, name="node_act"),
]
research_urls = [
    path("research/", research.research, name="research"),
    path("research/note/", research.research_note, name="research_note"),
    path("research/note/<int:pk>/", research.research_note, name="research_note_for"),
    path("research/<int:pk>/", research.research_lesson, name="research_lesson"),
    path("research/<int:pk>/observers/", research.observer_add, name="observer_add"),
    path("research/<int:pk>/remove/", research.research_remove, name="research_remove"),
    path("research/observers/<int:pk>/out/", research.observer_out, name="observer_out"),
    path("research/schools/", research_desk.research_desk, name="research_desk"),
    path("research/schools/<int:pk>/", research_desk.research_school, name="research_school"),
]
report_urls = [
    path("<int:pk>/report/", reports.report_lesson, name="report_lesson"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("look-alikes/", hints.hints, name="hints"),
    path("look-alikes/<int:pk>/", hints.hint, name="hint"),
]

draw_urls = [
    path("receipt/", receipt.receipt, name="receipt"),
    path("draw/", draw.draw, name="draw"),
    path("draw/of/<slug:code>/", draw.draw_of, name="draw_of"),
    path("draw/of/<slug:code>/all.zip", draw.draw_archive, name="draw_archive"),
    path("draw/of/<slug:code>/<str:name>", draw.draw_file, name="draw_file"),
    path("draw/desk/", draw_desk.desk, name="draw_desk"),
    path("draw/desk/trial/", draw_desk.preview, name="draw_preview"),
    path("draw/desk/announce/", draw_desk.announce, name="draw_announce"),
    path("draw/desk/seed/", draw_desk.seed, name="draw_seed"),
    path("draw/desk/supplement/", draw_desk.supplement, name="draw_supplement"),
    path("draw/desk/exclusions/", draw_groups.exclusions, name="draw_exclusions"),
    path("draw/desk/exclusions/<int:pk>/lift/", draw_groups.lift, name="draw_lift"),
    path(
        "draw/desk/lessons/<int:pk>/commentary/",
        draw_commentary.commentary,
        name="draw_commentary",
    ),
    path("draw/desk/lessons/<int:pk>/withdraw/", draw_groups.withdraw, name="draw_withdraw"),
    path("draw/desk/<slug:stage>/<slug:subject>/", draw_groups.group, name="draw_group"),
    path("draw/desk/<slug:stage>/<slug:subject>/add/", draw_groups.nominate, name="draw_nominate"),
    path("push/", push.push, name="push"),
    path("push/<int:pk>/", push.push_chosen, name="push_chosen"),
]

urlpatterns = [
    *national_urls,
    *review_urls,
    *rubric_urls,
    *draw_urls,
    *audience_urls,
    *curriculum_urls,
    *research_urls,
    *report_urls,
    *lesson_urls,
]

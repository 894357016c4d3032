from django.urls import path

from programmes.views import approvals, calendar, enrolment, school

app_name = "programmes"
urlpatterns = [
    path("", calendar.overview, name="overview"),
    path("phases/<slug:key>/extend/", calendar.extend, name="extend"),
    path("phases/<slug:key>/", calendar.edit_phase, name="edit_phase"),
    path("working-days/", calendar.working_days, name="working_days"),
    path("working-days/<int:pk>/clear/", calendar.clear_day, name="clear_day"),
    path("enrolment/", enrolment.mine, name="enrolment"),
    path("enrolment/confirm/", enrolment.confirm, name="confirm"),
    path("enrolment/return/", enrolment.give_back, name="give_back"),
    path("school/", school.choose, name="school"),
    path("school/<int:pk>/", school.people, name="school_list"),
    path("school/<int:pk>/missing/", school.missing, name="missing"),
    path("school/<int:pk>/enter/", school.enter_selected, name="enter_selected"),
    path("school/<int:pk>/people/<int:user_pk>/", school.enter_one, name="enter_one"),
    path("enrolments/<int:pk>/correct/", approvals.correct, name="correct"),
    path("enrolments/<int:pk>/withdraw/", approvals.withdraw, name="withdraw"),
    path("enrolments/<int:pk>/return/", approvals.give_back, name="return"),
    path("enrolments/<int:pk>/contests/", school.opt_in, name="opt_in"),
    path("approvals/", approvals.waiting, name="approvals"),
    path("approvals/approve/", approvals.approve, name="approve"),
]

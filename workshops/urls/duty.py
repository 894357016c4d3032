"""Addresses of the rota of duty and the guidance plan."""

from django.urls import path

from workshops.views import duty, duty_acts, duty_planning, duty_report, guidance, guidance_links

urlpatterns = [
    path("<int:pk>/plan/", guidance.guidance, name="guidance"),
    path("<int:pk>/plan/edit/", guidance.edit, name="guidance_edit"),
    path("<int:pk>/plan/<uuid:key>/", guidance.outcome, name="guidance_outcome"),
    path("<int:pk>/plan/<uuid:key>/link/", guidance_links.link, name="guidance_link"),
    path("<int:pk>/plan/<uuid:key>/unlink/", guidance_links.unlink, name="guidance_unlink"),
    path("<int:pk>/duty/", duty.rota_page, name="duty"),
    path("<int:pk>/duty/plan/", duty_planning.plan, name="duty_plan"),
    path("<int:pk>/duty/days/", duty_planning.days, name="duty_days"),
    path("duty/report/", duty_report.report, name="duty_report"),
    path("duty/calendar.ics", duty.calendar, name="duty_calendar"),
    path("duty/absences/", duty.absences, name="duty_absences"),
    path("duty/absences/<int:pk>/drop/", duty.absence_drop, name="duty_absence_drop"),
    path("duty/shifts/<int:pk>/", duty_acts.give, name="duty_shift"),
    path("duty/shifts/<int:pk>/check-in/", duty_acts.check_in, name="duty_check_in"),
    path("duty/shifts/<int:pk>/cover/", duty_acts.cover_ask, name="duty_cover_ask"),
    path("duty/swaps/<int:pk>/answer/", duty_acts.swap_answer, name="duty_swap_answer"),
    path("duty/swaps/<int:pk>/withdraw/", duty_acts.swap_withdraw, name="duty_swap_withdraw"),
    path("duty/covers/<int:pk>/take/", duty_acts.cover_take, name="duty_cover_take"),
    path("duty/covers/<int:pk>/withdraw/", duty_acts.cover_withdraw, name="duty_cover_withdraw"),
]

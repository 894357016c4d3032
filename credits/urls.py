from django.urls import path

from credits.views import awards, certificates, disputes, mine, registrations

app_name = "credits"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("people/<int:pk>/", mine.person, name="person"),
    path("entries/<int:pk>/reverse/", mine.reverse, name="reverse"),
    path("disputes/", disputes.dispute_list, name="disputes"),
    path("disputes/new/", disputes.dispute_new, name="dispute_new"),
    path("disputes/<int:pk>/", disputes.dispute_detail, name="dispute"),
    path("disputes/<int:pk>/answer/", disputes.dispute_answer, name="dispute_answer"),
    path("disputes/<int:pk>/up/", disputes.dispute_up, name="dispute_up"),
    path("disputes/<int:pk>/accept/", disputes.dispute_accept, name="dispute_accept"),
    path("disputes/<int:pk>/withdraw/", disputes.dispute_withdraw, name="dispute_withdraw"),
    path("awards/", awards.award_list, name="awards"),
    path("awards/new/", awards.award_new, name="award_new"),
    path("awards/<int:pk>/", awards.award_detail, name="award"),
    path("awards/<int:pk>/approve/", awards.award_approve, name="award_approve"),
    path("awards/<int:pk>/refuse/", awards.award_refuse, name="award_refuse"),
    path("awards/<int:pk>/withdraw/", awards.award_withdraw, name="award_withdraw"),
    path("evidence/<int:pk>/", awards.evidence, name="evidence"),
    path("registrations/", registrations.registration_list, name="registrations"),
    path("registrations/confirm/", registrations.confirm, name="confirm"),
    path("registrations/register/", registrations.register, name="register"),
    path("registrations/<int:pk>/", registrations.registration_detail, name="registration"),
    path(
        "registrations/<int:pk>/return/",
        registrations.registration_return,
        name="registration_return",
    ),
    path(
        "registrations/<int:pk>/propose/",
        registrations.registration_propose,
        name="registration_propose",
    ),
    path(
        "registrations/<int:pk>/revoke/",
        registrations.registration_revoke,
        name="registration_revoke",
    ),
    path("certificates/<int:pk>.pdf", certificates.pdf, name="certificate"),
    path("check/", certificates.check, name="check"),
    path("check/<uuid:token>/", certificates.check_token, name="check_token"),
]

"""Addresses of the counted acts, the formulas, the assessments and what follows from them."""

from django.urls import path

from workshops.views import assessments, certificates, corrections, methods, results, service

urlpatterns = [
    path("service/", service.own, name="service"),
    path("service/<int:pk>/", service.of_host, name="service_of"),
    path("service/check/<uuid:token>/", certificates.check, name="service_check"),
    path("service/certificates/<int:pk>.pdf", certificates.pdf, name="service_certificate"),
    path("service/certificates/<int:pk>/revoke/", certificates.revoke, name="service_revoke"),
    path("assessments/<int:pk>/certificates/", certificates.issue, name="service_issue"),
    path("assessment/", assessments.desk, name="assessments"),
    path("methods/new/<int:unit>/", methods.new, name="method_new"),
    path("methods/<int:pk>/", methods.read, name="method"),
    path("methods/<int:pk>/edit/", methods.edit, name="method_edit"),
    path("methods/<int:pk>/publish/", methods.publish, name="method_publish"),
    path("methods/<int:pk>/assess/", assessments.start, name="assessment_start"),
    path("assessments/<int:pk>/", assessments.ranking, name="assessment"),
    path("assessments/<int:pk>/compute/", assessments.compute, name="assessment_compute"),
    path("assessments/<int:pk>/confirm/", assessments.confirm, name="assessment_confirm"),
    path("results/<int:pk>/", results.result, name="host_result"),
    path("results/<int:pk>/ask/", corrections.ask, name="correction_ask"),
    path(
        "results/<int:pk>/acts/<str:kind>/<int:key>/",
        corrections.ask_of_act,
        name="correction_ask_of_act",
    ),
    path("results/<int:pk>/decide/", results.decision, name="host_decide"),
    path("corrections/", corrections.waiting, name="corrections"),
    path("corrections/<int:pk>/", corrections.rule, name="correction"),
    path("corrections/<int:pk>/file/", corrections.file, name="correction_file"),
]

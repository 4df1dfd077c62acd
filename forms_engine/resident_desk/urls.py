"""Addresses of the resident desk."""

from django.urls import path
from django.views.i18n import set_language

from forms_engine.resident_desk import applying, finding, following
from forms_engine.wizard.view import FillView

app_name = "resident"
urlpatterns = [
    path("", finding.find, name="find"),
    path("language/", set_language, name="language"),
    path("procedures/<slug:key>/", finding.procedure, name="procedure"),
    path("procedures/<slug:key>/applications/", finding.start, name="start"),
    path("applications/<uuid:application_id>/pages/<slug:page>/", FillView.as_view(), name="fill"),
    path("applications/<uuid:application_id>/saved/", applying.saved, name="saved"),
    path("applications/<uuid:application_id>/check/", applying.check, name="check"),
    path("applications/<uuid:application_id>/submission/", applying.submit, name="submit"),
    path("applications/<uuid:application_id>/done/", applying.done, name="done"),
    path("applications/<uuid:application_id>/", following.follow, name="follow"),
    path("applications/<uuid:application_id>/withdrawal/", following.withdraw, name="withdraw"),
    path("applications/<uuid:application_id>/copy.pdf", following.copy, name="copy"),
    path(
        "applications/<uuid:application_id>/attachments/<uuid:attachment_id>/",
        following.attachment,
        name="attachment",
    ),
    path(
        "applications/<uuid:application_id>/attachments/<uuid:attachment_id>/thumbnail/",
        following.thumbnail,
        name="thumbnail",
    ),
    path("resume/<uuid:application_id>/<slug:code>/", finding.resume, name="resume"),
    path("follow/", finding.find_application, name="find_application"),
]

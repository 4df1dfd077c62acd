"""Addresses of the resident desk."""

from django.urls import path

from forms_engine.resident_desk import (
    applying,
    characters,
    ending,
    finding,
    following,
    pictures,
    postal_codes,
    starting,
)
from forms_engine.wizard.view import FillView

app_name = "resident"
urlpatterns = [
    # what every applicant opens again and again comes first: addresses are tried in this order
    path("applications/<uuid:application_id>/pages/<slug:page>/", FillView.as_view(), name="fill"),
    path("applications/<uuid:application_id>/check/", applying.check, name="check"),
    path("applications/<uuid:application_id>/submission/", applying.submit, name="submit"),
    path("applications/<uuid:application_id>/done/", applying.done, name="done"),
    path("procedures/<slug:key>/", finding.procedure, name="procedure"),
    path("procedures/<slug:key>/applications/", starting.start, name="start"),
    path("", finding.find, name="find"),
    path("postal-codes/<slug:code>/", postal_codes.postal_code, name="postal_code"),
    path("procedures/<slug:form>/images/<slug:digest>/", pictures.picture, name="picture"),
    path("characters/", characters.characters, name="characters"),
    path("language/", finding.choose_language, name="language"),
    path("readings/", finding.choose_readings, name="readings"),
    path("life-events/<str:key>/", finding.life_event, name="life_event"),
    path("procedures/<slug:key>/earlier/", starting.earlier, name="earlier"),
    path("procedures/<slug:key>/earlier/<uuid:application_id>/", starting.carry_over, name="carry_over"),
    path("applications/<uuid:application_id>/pages/<slug:page>/anew/", starting.anew, name="anew"),
    path("applications/<uuid:application_id>/saved/", applying.saved, name="saved"),
    path("applications/<uuid:application_id>/saved/mail/", applying.mail_link, name="mail_link"),
    path("applications/<uuid:application_id>/", following.follow, name="follow"),
    path("applications/<uuid:application_id>/withdrawal/", following.withdraw, name="withdraw"),
    path("applications/<uuid:application_id>/receipt.pdf", following.receipt, name="receipt"),
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
    path("end/", ending.end, name="end"),
    path("ended/", ending.ended, name="ended"),
    path("follow/", finding.find_application, name="find_application"),
]

"""Addresses of the drafting desk."""

from django.urls import path

from forms_engine.drafting_desk import views

app_name = "drafting"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("procedures/<slug:key>/", views.start, name="start"),
    path("applications/<uuid:application_id>/", views.go_on, name="go_on"),
    path("applications/<uuid:application_id>/copies/", views.copy, name="copy"),
    path("applications/<uuid:application_id>/removal/", views.discard, name="discard"),
]

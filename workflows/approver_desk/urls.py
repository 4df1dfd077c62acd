"""Addresses of the approver desk."""

from django.urls import path

from workflows.approver_desk import preferences, views

app_name = "approver"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("notices/", preferences.notices, name="notices"),
    path("cases/<uuid:public_id>/", views.case, name="case"),
    path("tasks/<uuid:public_id>/decision/", views.decide, name="decide"),
    path("tasks/<uuid:public_id>/reading/", views.read, name="read"),
]

"""Addresses of the peers."""

from django.contrib import admin
from django.urls import include, path

from bench.peers import wizard

urlpatterns = [
    path("", wizard.index),
    path("procedure/", wizard.procedure),
    path("checked/", wizard.checked_view()),
    path("wizard/", wizard.plain_view()),
    path("forms/", include("django_forms_workflows.urls")),
    path("_nested_admin/", include("nested_admin.urls")),
    path("accounts/", include("django.contrib.auth.urls")),
    path("admin/", admin.site.urls),
]

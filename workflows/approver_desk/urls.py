"""Addresses of the approver desk."""

from django.urls import path

from workflows.approver_desk import acting, away, commenting, listing, preferences, together, transfers, views

app_name = "approver"
urlpatterns = [
    path("", listing.queue, name="queue"),
    path("search/", listing.seek, name="seek"),
    path("together/", together.together, name="together"),
    path("away/", away.away, name="away"),
    path("away/<int:pk>/cancellation/", away.cancel, name="cancel_absence"),
    path("notices/", preferences.notices, name="notices"),
    path("transfers/", transfers.overview, name="transfers"),
    path("transfers/from/<int:pk>/", transfers.proposal, name="transfer_proposal"),
    path("transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/<int:pk>/review/", transfers.review, name="review_transfer"),
    path("transfers/<int:pk>/carrying-out/", transfers.carrying_out, name="carry_out_transfer"),
    path("transfers/<int:pk>/calling-off/", transfers.calling_off, name="call_off_transfer"),
    path("cases/<uuid:public_id>/", views.case, name="case"),
    path("cases/<uuid:public_id>/comments/", commenting.comment, name="comment"),
    path("cases/<uuid:public_id>/acts/<slug:verb>/", acting.on_case, name="act_on_case"),
    path("tasks/<uuid:public_id>/decision/", views.decide, name="decide"),
    path("tasks/<uuid:public_id>/reading/", views.read, name="read"),
    path("tasks/<uuid:public_id>/acts/<slug:verb>/", acting.on_task, name="act"),
]

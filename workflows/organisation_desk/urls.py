"""Addresses of the organisation desk."""

from django.urls import path

from workflows.organisation_desk import audit_entries, calendar, people, rosters, substitutes, views
from workflows.organisation_desk.welcome import Welcome

app_name = "organisation"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("departments/", views.departments, name="departments"),
    path("departments/<slug:key>/", views.department, name="department"),
    path("departments/<slug:key>/appointment/", people.appointment, name="appointment"),
    path("roles/", views.roles, name="roles"),
    path("roles/<slug:key>/", views.role, name="role"),
    path("members/", people.members, name="members"),
    path("members/new/", people.new_member, name="new_member"),
    path("members/<int:pk>/", people.member, name="member"),
    path("members/<int:pk>/account/", people.account, name="account"),
    path("members/<int:pk>/invitation/", people.invitation, name="invitation"),
    path("members/<int:pk>/post/", people.appoint, name="appoint"),
    path("members/<int:pk>/capacity/", people.capacity, name="capacity"),
    path("members/<int:pk>/absence/", people.absence, name="absence"),
    path("posts/<int:pk>/", people.post, name="post"),
    path("posts/<int:pk>/withdrawal/", people.withdrawal, name="withdrawal"),
    path("capacities/<int:pk>/revocation/", people.revocation, name="revocation"),
    path("absences/<int:pk>/cancellation/", people.cancellation, name="cancellation"),
    path("substitutes/", substitutes.substitutes, name="substitutes"),
    path("substitutes/<int:pk>/ending/", substitutes.ending, name="substitute_ending"),
    path("closing-days/", calendar.closing_days, name="closing_days"),
    path("closing-days/<int:pk>/opening/", calendar.opening, name="opening"),
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/carrying-out/", rosters.carrying_out, name="carrying_out"),
    path("rosters/<slug:key>.csv", rosters.exported, name="exported"),
    path("audit/", audit_entries.entries, name="audit"),
    path("audit/verification/", audit_entries.verification, name="verification"),
    path("welcome/<uidb64>/<token>/", Welcome.as_view(), name="welcome"),
]

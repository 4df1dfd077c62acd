"""Every address of the site."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path

from forms_engine import error_pages, staff_files, staff_my_numbers
from forms_engine.health import healthz
from forms_engine.sign_in import SignIn

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("forms_engine.resident_desk.urls")),
    path("approver/", include("workflows.approver_desk.urls")),
    path("builder/", include("forms_engine.builder_desk.urls")),
    path("drafting/", include("forms_engine.drafting_desk.urls")),
    path("organisation/", include("workflows.organisation_desk.urls")),
    path("staff/attachments/<uuid:attachment_id>/", staff_files.attachment, name="staff_attachment"),
    path("staff/applications/<uuid:application_id>/copy.pdf", staff_files.copy, name="staff_copy"),
    path("staff/applications/<uuid:application_id>/acceptance/", staff_files.acceptance, name="staff_copy_acceptance"),
    path("staff/applications/<uuid:application_id>/papers/", staff_files.keep_paper, name="staff_papers"),
    path("staff/papers/<uuid:paper_id>/", staff_files.paper, name="staff_paper"),
    path("staff/papers/<uuid:paper_id>/removal/", staff_files.remove_paper, name="staff_paper_removal"),
    path("staff/my-numbers/<uuid:row_id>/", staff_my_numbers.my_number, name="staff_my_number"),
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("healthz", healthz, name="healthz"),
]
handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error

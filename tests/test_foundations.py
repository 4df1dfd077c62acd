"""What stands under every screen: headers, sign-in, error pages, logs without personal data, limits."""

import io
import json
import logging

import pytest
from django.core import management
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from forms_engine import checks, error_pages, logs, sign_in, sign_in_failures, urls
from workflows.audit import AuditEntry
from workflows.references import WorkflowAltered

NAME = "髙﨑一郎"


def listen(request, secret=""):
    """A view that reads everything and answers nothing of it."""
    request.POST.get("name")
    return HttpResponse("ok")


def stumble(request):
    raise ValueError(f"cannot read {request.POST.get('name', NAME)}")


def forbid(request):
    raise PermissionDenied(NAME)


def framed(request):
    return HttpResponse(
        "a certificate", headers={"Content-Security-Policy": "sandbox", "X-Frame-Options": "SAMEORIGIN"}
    )


urlpatterns = [
    path("listen/", listen),
    path("resume/<str:secret>/", listen),
    path("stumble/", stumble),
    path("forbid/", forbid),
    path("framed/", framed),
    path("", include(urls.urlpatterns)),
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def here(settings):
    """The site with a few views of this file."""
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False


@pytest.fixture
def lines():
    """What the log says, as it is written."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.Lines())
    logging.getLogger().addHandler(handler)
    yield lambda: text.getvalue().splitlines()
    logging.getLogger().removeHandler(handler)


# --- headers ---------------------------------------------------------------------------------------------------------


def test_no_page_runs_what_is_not_ours(client, here):
    policy = client.get("/listen/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_a_view_that_knows_better_keeps_its_own_headers(client, here):
    headers = client.get("/framed/").headers
    assert headers["Content-Security-Policy"] == "sandbox" and headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_every_answer_carries(header, value, client, here):
    assert client.get("/listen/").headers[header] == value


def test_no_answer_lets_a_page_use_the_camera(client, here):
    assert "camera=()" in client.get("/listen/").headers["Permissions-Policy"]


def test_what_depends_on_the_person_is_not_kept_by_a_shared_computer(client, db):
    caching = client.get("/login/").headers["Cache-Control"]
    assert "private" in caching and "no-store" in caching


def test_every_static_file_can_be_gathered_and_named_by_its_content(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    management.call_command("collectstatic", "--no-input", verbosity=0)
    assert (tmp_path / "staticfiles.json").exists() and not (tmp_path / "viewflow").exists()


# --- logs ------------------------------------------------------------------------------------------------------------


def test_a_submitted_name_is_in_no_log_line(client, here, lines):
    client.post(f"/listen/?name={NAME}", {"name": NAME}, headers={"user-agent": NAME.encode().hex()})
    text = "\n".join(lines())
    assert '"route": "listen/"' in text and NAME not in text and "name=" not in text


def test_an_exception_is_logged_by_place_and_not_by_text(here, lines):
    Client(raise_request_exception=False).post("/stumble/", {"name": NAME})
    text = "\n".join(lines())
    assert '"error": "ValueError"' in text and "test_foundations.py" in text and NAME not in text


def test_the_secret_of_a_resume_link_is_in_no_log_line(client, here, lines):
    client.get("/resume/the-secret-code/")
    assert "the-secret-code" not in "\n".join(lines())


def test_an_unknown_address_is_in_no_log_line(client, here, lines):
    client.get(f"/nowhere/{NAME}/")
    text = "\n".join(lines())
    assert '"status": 404' in text and "nowhere" not in text


def test_a_careless_library_is_withheld():
    record = logging.LogRecord("library", logging.WARNING, "library.py", 7, f"cannot draw {NAME}", None, None)
    assert json.loads(logs.Lines().format(record))["message"] == "(withheld) library.py:7"


def test_the_request_id_of_the_proxy_is_kept(client, here, lines):
    answer = client.get("/listen/", headers={"X-Request-ID": "abcdef-123456"})
    assert answer.headers["X-Request-ID"] == "abcdef-123456"
    assert json.loads(lines()[-1])["request"] == "abcdef-123456"


def test_a_malformed_request_id_is_replaced(client, here):
    assert client.get("/listen/", headers={"X-Request-ID": "<script>"}).headers["X-Request-ID"].isalnum()


# --- error pages -----------------------------------------------------------------------------------------------------


def test_a_wrong_address_is_explained(client, here, db):
    page = client.get("/nowhere/")
    assert page.status_code == 404 and "ページが見つかりません" in page.text


def test_a_forbidden_page_is_explained(client, here):
    page = client.get("/forbid/")
    assert page.status_code == 403 and "担当の職員だけ" in page.text and NAME not in page.text


def test_a_failure_is_explained_without_the_inside_of_the_program(here):
    page = Client(raise_request_exception=False).get("/stumble/")
    assert page.status_code == 500 and "申し訳ありません" in page.text
    assert "ValueError" not in page.text and page.headers["X-Request-ID"] in page.text


def test_the_page_of_a_failure_needs_no_database(here, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        error_pages.server_error(RequestFactory().get("/"))


def test_a_form_without_its_token_is_explained(here, db):
    page = Client(enforce_csrf_checks=True).post("/listen/", {"name": NAME})
    assert page.status_code == 403 and "もう一度送ってください" in page.text


def test_too_much_at_once_is_refused_before_it_is_stored(client, here, settings):
    settings.UPLOAD_LIMIT = 1000
    page = client.post("/listen/", {"photo": SimpleUploadedFile("photo.jpg", b"x" * 2000)})
    assert page.status_code == 413 and "ファイルが大きすぎます" in page.text


def test_an_upload_within_the_limit_passes(client, here):
    assert client.post("/listen/", {"photo": SimpleUploadedFile("photo.jpg", b"x" * 2000)}).status_code == 200


def test_other_bad_requests_are_not_called_too_big(here):
    request = RequestFactory().get("/")
    assert error_pages.bad_request(request, ValueError()).status_code == 400
    assert error_pages.bad_request(request, RequestDataTooBig()).status_code == 413


# --- health ----------------------------------------------------------------------------------------------------------


def test_a_healthy_process_says_so(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_process_without_database_says_so(client, monkeypatch):
    def refuse(*args):
        raise OperationalError("connection to 10.0.0.1 refused")

    monkeypatch.setattr("forms_engine.health.connection.cursor", refuse)
    answer = client.get("/healthz")
    assert answer.status_code == 503 and "10.0.0.1" not in answer.text


# --- signing in ------------------------------------------------------------------------------------------------------


def try_password(client, password, login="sato", **meta):
    return client.post("/login/", {"username": login, "password": password}, **meta)


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.both
def test_staff_signs_in_and_out(client, sato):
    try_password(client, "demo")
    assert is_signed_in(client)
    assert AuditEntry.objects.get(verb="sign_in").actor == "sato"
    client.post("/logout/")
    assert not is_signed_in(client)


def test_a_link_cannot_sign_anybody_out(client, sato):
    client.force_login(sato, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/logout/").status_code == 405
    assert is_signed_in(client)


def test_a_wrong_password_is_explained(client, sato):
    assert "ログイン名またはパスワードが違います" in try_password(client, "wrong").text


@pytest.mark.both
def test_after_five_wrong_passwords_even_the_right_one_waits(client, sato):
    for _ in range(sign_in_failures.LIMITS["pair"]):
        try_password(client, "wrong")
    page = try_password(client, "demo")
    assert "15分ほど待って" in page.text and not is_signed_in(client)


def test_the_owner_of_a_guessed_login_still_signs_in_from_elsewhere(client, sato):
    for _ in range(sign_in_failures.LIMITS["pair"]):
        try_password(client, "wrong", REMOTE_ADDR="203.0.113.9")
    try_password(client, "demo", REMOTE_ADDR="192.0.2.1")
    assert is_signed_in(client)


def test_guessing_one_password_for_many_logins_is_stopped_too(client, sato):
    for number in range(sign_in_failures.LIMITS["address"]):
        sign_in_failures.note_failure(f"login{number}", "127.0.0.1")
    try_password(client, "demo")
    assert not is_signed_in(client)


def test_waiting_opens_the_login_again(client, sato, monkeypatch):
    for _ in range(sign_in_failures.LIMITS["pair"]):
        try_password(client, "wrong")
    later = sign_in_failures.now() + sign_in_failures.WINDOW
    monkeypatch.setattr(sign_in_failures, "now", lambda: later)
    try_password(client, "demo")
    assert is_signed_in(client)


def test_failures_keep_neither_login_nor_address(client, sato):
    try_password(client, "wrong")
    failure = sign_in_failures.SignInFailure.objects.get()
    assert "sato" not in failure.login and "127.0.0.1" not in failure.address


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [(0, "192.0.2.7", "127.0.0.1"), (1, "10.9.9.9, 192.0.2.7", "192.0.2.7"), (2, "192.0.2.7, 10.0.0.1", "192.0.2.7")],
)
def test_only_our_own_proxies_are_believed(proxies, header, address, settings):
    settings.TRUSTED_PROXIES = proxies
    assert sign_in.address_of(RequestFactory().get("/", headers={"X-Forwarded-For": header})) == address


def test_the_login_page_lists_logins_in_the_demo_only(client, sato, settings):
    assert "sato" not in client.get("/login/").text
    settings.DEMO = True
    page = client.get("/login/").text
    assert "sato" in page and "佐藤 花子" in page and "環境課 担当" in page


def test_passwords_are_hashed_with_scrypt_in_service():
    with open(sign_in.settings.BASE_DIR / "forms_engine" / "settings.py") as text:
        hashers = text.read().split("PASSWORD_HASHERS = [")[1]
    assert hashers.split()[0].strip('",').endswith("ScryptPasswordHasher")


# --- system checks ---------------------------------------------------------------------------------------------------


def test_a_running_case_without_its_workflow_is_found_by_a_check(db, monkeypatch):
    def refuse(*args):
        raise WorkflowAltered("workflows/flows.V1_0123456789ab")

    assert checks.check_running_cases(None, databases=["default"]) == []
    monkeypatch.setattr(checks.Case.objects, "open", refuse)
    (found,) = checks.check_running_cases(None, databases=["default"])
    assert "V1_0123456789ab" in found.msg


def test_a_seal_that_will_soon_end_is_found_by_a_check(settings, monkeypatch):
    assert checks.check_seal(None) == []
    settings.PRODUCTION = True
    monkeypatch.setattr(checks.seal, "problems", lambda at: ["the seal's certificate ends on 2027-01-31"])
    assert "2027-01-31" in checks.check_seal(None)[0].msg


def test_a_form_in_a_foreign_encoding_gets_the_friendly_page(db):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = client.post("/follow/", b"a=b", content_type="application/x-www-form-urlencoded; charset=utf-16")
    assert answer.status_code in (400, 403)
    assert "Traceback" not in answer.content.decode()

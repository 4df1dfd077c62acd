"""Settings of the peers: what each one's own documentation asks for, on the same database and server as Kakanai."""

import sys

from forms_engine.settings import *  # noqa: F403

# django-forms-workflows calls a Celery broker for every submission unless Celery is missing; then it works at once.
sys.modules["celery"] = None  # type: ignore[assignment]

# They stand on Django's own SQLite, as they would anywhere; file and settings are those of Kakanai's.
if DATABASES["default"]["ENGINE"] == "forms_engine.embedded":  # noqa: F405
    DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"  # noqa: F405

AUTH_USER_MODEL = "auth.User"
DEBUG = False
SECRET_KEY = "bench-only-secret-of-the-peers-which-guards-nothing"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "formtools",
    "viewflow",
    "viewflow.workflow",
    "nested_admin",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_forms_workflows",
    "bench.peers",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
ROOT_URLCONF = "bench.peers.urls"
WSGI_APPLICATION = "bench.peers.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django_forms_workflows.context_processors.forms_workflows",
            ]
        },
    }
]
MIGRATION_MODULES = {"peers": None}
FORMS_WORKFLOWS_PUBLIC_RATE_LIMIT = "100000000/hour"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING: dict[str, object] = {"version": 1, "disable_existing_loggers": True}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

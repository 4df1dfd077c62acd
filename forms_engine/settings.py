"""Settings of Kakanai: one file; development works with none set, production refuses to start without its secrets.

README lists the variables.  ``KAKANAI_MODE`` is ``development`` (the default) or ``production``.
"""

import os
from pathlib import Path

from forms_engine.environment import DEVELOPMENT, Environment, read_file

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)
PRODUCTION = env.one_of("KAKANAI_MODE", DEVELOPMENT, "production") == "production"
DEMO = env.boolean("KAKANAI_DEMO")
VAR_DIR = env.path("KAKANAI_VAR", BASE_DIR / "var")

# --- secrets -------------------------------------------------------------------------------------------------------
DEVELOPMENT_FILE = VAR_DIR / "development.env"
development_keys = read_file(DEVELOPMENT_FILE)
if PRODUCTION:
    env.check_production(development_keys)
else:
    env.values = development_keys | dict(os.environ)
SECRET_KEY = env.text("SECRET_KEY", f"{DEVELOPMENT}-only-and-known-to-everybody")
KEY_RING = env.keys("KAKANAI_KEYS", {DEVELOPMENT: b"d" * 32})
SIGNING_KEK = env.key("SIGNING_KEK", b"k" * 32)
SEAL_DIR = env.path("KAKANAI_SEAL_DIR", VAR_DIR / "seal")
SEAL_PASSPHRASE = env.text("KAKANAI_SEAL_PASSPHRASE")
SEAL_LEVEL = env.text("KAKANAI_SEAL_LEVEL")  # PAdES B-B, B-T, B-LT or B-LTA; empty: the best without further needs
SEAL_TSA_URL = env.text("KAKANAI_TSA_URL")

# --- what this installation is -------------------------------------------------------------------------------------
DEBUG = env.boolean("DEBUG", default=not PRODUCTION and not DEMO)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]", "testserver"]
MUNICIPALITY = {
    "name": env.text("KAKANAI_MUNICIPALITY", "かかない市"),
    "mayor": env.text("KAKANAI_MAYOR", "かかない市長"),
    "office": env.text("KAKANAI_OFFICE", "かかない市役所"),
}
# where a workflow's actions may send or write to; a definition can only name them
WEBHOOKS = env.records("KAKANAI_WEBHOOKS", "url", "secret")
EXPORT_FOLDERS = {key: row["path"] for key, row in env.records("KAKANAI_EXPORT_FOLDERS", "path").items()}
ROOT_URLCONF = "forms_engine.urls"
WSGI_APPLICATION = "forms_engine.wsgi.application"
INSTALLED_APPS = [
    "forms_engine",
    "workflows",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "formtools",
    "viewflow.workflow",  # not "viewflow", which adds two middlewares behind our back
]
MIDDLEWARE = [
    "forms_engine.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "forms_engine.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "forms_engine.reading_aids.ReadingAids",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "forms_engine.no_nul.NoNul",
    "forms_engine.onward.Onward",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- storage -------------------------------------------------------------------------------------------------------
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'kakanai.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATTACHMENT_ROOT = VAR_DIR / "attachments"
ARCHIVE_ROOT = VAR_DIR / "archive"
UPLOAD_LIMIT = env.integer("KAKANAI_UPLOAD_MB", 50) * 1024 * 1024  # one request, all files together
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # one request, what is not a file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"  # big uploads rest here, unencrypted, for the length of their request
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "forms_engine.uploads.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DRAFT_DAYS = env.integer("KAKANAI_DRAFT_DAYS", 30)  # an untouched draft is kept for so long, then deleted
DRAFTS_PER_SESSION = env.integer("KAKANAI_DRAFTS_PER_SESSION", 20)
DRAFTS_PER_ADDRESS = env.integer("KAKANAI_DRAFTS_PER_ADDRESS", 200)  # begun within an hour; offices share one address
STATIC_URL = "/static/"
STATIC_ROOT = env.path("KAKANAI_STATIC", VAR_DIR / "static")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- accounts and sessions -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "workflows.StaffMember"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "workflows.staff.PostBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "approver:queue"
LOGOUT_REDIRECT_URL = "login"
TRUSTED_PROXIES = env.integer("KAKANAI_PROXIES", 0)  # how many stand in front and add to X-Forwarded-For
SESSION_ENGINE = "forms_engine.sessions"
MESSAGE_STORAGE = "forms_engine.message_storage.MessageStorage"
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "kakanai_session"
SESSION_COOKIE_AGE = env.integer("KAKANAI_SESSION_HOURS", 8) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # shared computers in libraries and at the counter
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "kakanai_csrf"
CSRF_FAILURE_VIEW = "forms_engine.error_pages.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")

# --- transport and headers -----------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION and env.boolean("KAKANAI_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.integer("KAKANAI_HSTS_SECONDS", 31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.boolean("KAKANAI_HSTS_SUBDOMAINS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.text("KAKANAI_PROXY_SSL_HEADER"):  # only where the proxy sets it itself and drops what the client sent
    SECURE_PROXY_SSL_HEADER = (
        "HTTP_" + env.text("KAKANAI_PROXY_SSL_HEADER").upper().replace("-", "_"),
        "https",
    )
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",  # attachments are viewed in place; each says itself who may frame it
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}

# --- language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English")]
FALLBACK_LANGUAGE = env.one_of("KAKANAI_FALLBACK_LANGUAGE", "ja-easy", "en")  # where a form speaks a further language
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# --- mail ----------------------------------------------------------------------------------------------------------
SITE_URL = env.text("KAKANAI_URL", "http://localhost:8000")  # stands in mails; a request's own host cannot be trusted
MAIL = env.mail("EMAIL_URL", "none:" if PRODUCTION else f"file://{VAR_DIR / 'mail'}")
EMAIL_BACKEND = MAIL.get("backend", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = MAIL.get("host", ""), MAIL.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.get("user", ""), MAIL.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("starttls", False), MAIL.get("ssl", False)
EMAIL_FILE_PATH = MAIL.get("path")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("KAKANAI_MAIL_FROM", "noreply@kakanai.example")
if PRODUCTION:
    env.check_mail(MAIL)

# --- logs ----------------------------------------------------------------------------------------------------------
LOG_LEVEL = env.one_of("KAKANAI_LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "forms_engine.logs.Lines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "kakanai": {"level": LOG_LEVEL},
        "django_tasks": {"level": LOG_LEVEL},
        "django_tasks_db": {"level": LOG_LEVEL},
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}

env.complain()

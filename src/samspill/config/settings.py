"""The one settings file. The environment decides; what is not said is safe in production."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = Path(os.environ.get("SAMSPILL_ROOT") or PACKAGE.parent.parent)
#: What the running system writes: database, files, keys. Never committed.
VAR = Path(os.environ.get("SAMSPILL_VAR") or ROOT / "var")

DEMO = os.environ.get("SAMSPILL_DEMO") == "1"
DEBUG = os.environ.get("SAMSPILL_DEBUG") == "1"


def _secret(name: str, *, filename: str) -> str:
    """A secret from the environment; in the demo one is made and kept in VAR."""
    if value := os.environ.get(name):
        return value
    if not DEMO:
        raise ImproperlyConfigured(f"Set {name}: see docs/operations.md.")
    kept = VAR / filename
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(48))
        kept.chmod(0o600)
    return kept.read_text()


SECRET_KEY = _secret("SAMSPILL_SECRET_KEY", filename="secret-key")
ALLOWED_HOSTS = os.environ.get("SAMSPILL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("SAMSPILL_ORIGINS", "").split(",") if o]
#: The address people reach us on, for links in mail and letters.
SITE_URL = os.environ.get("SAMSPILL_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "samspill.shared.identity",
    "samspill.shared.audit",
    "samspill.shared.messages",
    "samspill.shared.files",
    "samspill.shared.documents",
    "samspill.shared.charts",
    "samspill.shared.design",
    "samspill.apps.organisations",
    "samspill.apps.records",
    "samspill.apps.cycle",
    "samspill.apps.competence",
    "samspill.apps.partnerships",
    "samspill.apps.plan",
    "samspill.apps.needs",
    "samspill.apps.allocation",
    "samspill.apps.overview",
    "samspill.apps.home",
    "samspill.demo",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samspill.shared.design.headers.StrictHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "samspill.shared.identity.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "samspill.config.urls"
WSGI_APPLICATION = "samspill.config.wsgi.application"
FORM_RENDERER = "samspill.shared.design.forms.Renderer"
CSRF_FAILURE_VIEW = "samspill.config.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samspill.config.navigation.page",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'samspill.sqlite3'}")
_database: dict[str, Any] = dict(dj_database_url.parse(DATABASE_URL))
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on while one writes; IMMEDIATE makes a writer queue instead of failing.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;",
    }
elif os.environ.get("SAMSPILL_DB_POOL", "1") == "1":
    _database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------
# `django.contrib.auth` is not installed: no passwords, groups, permissions or admin. Sessions
# begin in `shared.identity.sign_in`, rights follow the mandate.
LOGIN_REDIRECT_URL = "home:my_page"
LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "samspill.shared.identity.sessions"
SESSION_COOKIE_NAME = "samspill"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
#: Seconds without a request, and seconds in all, before a person must sign in again.
SESSION_IDLE_SECONDS = int(os.environ.get("SAMSPILL_SESSION_IDLE", 60 * 60))
SESSION_ABSOLUTE_SECONDS = int(os.environ.get("SAMSPILL_SESSION_ABSOLUTE", 10 * 60 * 60))
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
#: Which function says what mandates a person holds. identity knows no room; here it is wired.
MANDATES = "samspill.apps.organisations.queries.mandates_of"
#: Which function lists the demo's people for the sign-in page (called only when DEMO).
DEMO_PERSONAS = "samspill.demo.personas.personas_for_sign_in"
#: JSON file with the OpenID providers (ID-porten, Ansattporten, Feide): docs/operations.md.
OIDC_PROVIDERS_FILE = os.environ.get("SAMSPILL_OIDC", "")
#: In the demo the clock can be set, so that every phase of the year can be looked at.
AS_OF = (
    datetime.fromisoformat(os.environ["SAMSPILL_AS_OF"])
    if DEMO and os.environ.get("SAMSPILL_AS_OF")
    else None
)

# --- Audit ------------------------------------------------------------------------------------
#: The key that signs checkpoints; kept outside the database.
AUDIT_KEY_FILE = Path(os.environ.get("SAMSPILL_AUDIT_KEY", VAR / "audit-key.pem"))

# --- Mail -------------------------------------------------------------------------------------
EMAIL_BACKEND = os.environ.get(
    "SAMSPILL_MAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = os.environ.get("SAMSPILL_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("SAMSPILL_SMTP_PORT", 1025 if DEMO else 25))
EMAIL_HOST_USER = os.environ.get("SAMSPILL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SAMSPILL_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SAMSPILL_SMTP_TLS", "0" if DEMO else "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SAMSPILL_MAIL_FROM", "Samspill <ikke-svar@samspill.example>")

#: What the worker does when no mail is due; shared knows no room, here it is wired.
WORKER_JOBS = [
    "samspill.apps.needs.jobs.make_missing_copies",
    "samspill.apps.needs.jobs.forget_old_answers",
]

# --- Files ------------------------------------------------------------------------------------
MEDIA_ROOT = VAR / "files"
#: Largest upload in bytes; the stream is cut off here.
UPLOAD_LIMIT = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["samspill.shared.files.uploads.CappedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_TEMP_DIR = os.environ.get("SAMSPILL_TMP") or None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Static files -----------------------------------------------------------------------------
NODE = ROOT / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build/static"
STATICFILES_DIRS = [
    ("npm/designsystemet-css", NODE / "@digdir/designsystemet-css/dist"),
    ("npm/inter", NODE / "@fontsource-variable/inter"),
    ("npm/htmx", NODE / "htmx.org/dist"),
    ("theme", ROOT / "build/theme"),
]
STATICFILES_IGNORE_PATTERNS = ["*.map", "*.md"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "spraak"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True

# --- Safe by default --------------------------------------------------------------------------
SECURE = os.environ.get("SAMSPILL_HTTPS", "0" if DEMO else "1") == "1"
SECURE_SSL_REDIRECT = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("SAMSPILL_BEHIND_PROXY") == "1" else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("SAMSPILL_LOG", "WARNING")},
}

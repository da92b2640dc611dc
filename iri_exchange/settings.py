"""Settings of the portal, all from the environment, all with a safe default.

| variable | default | what it does |
| --- | --- | --- |
| DATA_DIR | var | everything that is not code: database, uploads, key, collected static files |
| DATABASE_URL | SQLite in DATA_DIR | PostgreSQL: postgresql://user:password@host/name |
| SITE_URL | http://127.0.0.1:8000 | the one address in letters; https turns the secure settings on |
| TRUSTED_PROXY_COUNT | 1 with https, else 0 | web servers in front that add the visitor's address to X-Forwarded-For |
| SECRET_KEY | kept in DATA_DIR/secret_key | signs sessions and links |
| STAFF_MFA_REQUIRED | on with https, else off | office staff need a second step (passkey or app) before anything of the office opens |
| EMAIL_URL | files below DATA_DIR/mail | an SMTP address: smtp+tls://user:password@host:587 |
| EMAIL_TIMEOUT | 15 | seconds for each answer of the mail server |
| DEFAULT_FROM_EMAIL | portal@example.jp | who writes the letters; notices of non-delivery come back here |
| REPLY_TO | none | where answers go, if not to DEFAULT_FROM_EMAIL |
| LETTER_LEASE | 300 | seconds after which another worker takes up a letter whose worker has died |
| DEBUG | off | Django's debug pages; never in service |
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", default=False)


def _kept_secret_key() -> str:
    """The key of this installation: made once, readable by its owner only."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret_key()

# ── where the portal is reached ──────────────────────────────────────────────
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
BEHIND_HTTPS = _site.scheme == "https"
_host = _site.hostname or ""
ALLOWED_HOSTS = sorted({f"[{_host}]" if ":" in _host else _host, "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SECURE_HSTS_PRELOAD = BEHIND_HTTPS
# The probe asks from inside, without https.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # data: Bootstrap draws the arrows of its fields that way.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# ── what it is made of ───────────────────────────────────────────────────────
INSTALLED_APPS = [
    # Ours come first: our templates win over those of the packages.
    "iri_exchange.apps.IriExchangeConfig",
    "events",
    "groups",
    "members",
    "iri_exchange.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.humanize",  # asked for by allauth.usersessions
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iri_exchange.office.looking.LookingMiddleware",
    "iri_exchange.lib.once.OnceMiddleware",
    "iri_exchange.lib.typed.TypedMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "iri_exchange.lib.caching.PrivatePagesMiddleware",
    "iri_exchange.lib.access.AccessMiddleware",
    "iri_exchange.office.second_step.SecondStepMiddleware",
]
ROOT_URLCONF = "iri_exchange.urls"
WSGI_APPLICATION = "iri_exchange.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iri_exchange.navigation.navigation",
            ],
            "builtins": ["iri_exchange.templatetags.portal"],
            "libraries": {n: f"iri_exchange.office.{n}.tags" for n in ("handover", "succession")},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── the database ─────────────────────────────────────────────────────────────
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL") | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "portal.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                # Writers queue instead of failing; a commit is on the disk when it is acknowledged.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    }
CACHES = {
    # Rate limits are counted here, so that all workers count together; and so many that nobody pushes his own out.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Pages of lists set by the worker, by their content: members' data, served by no view, gone after a week.
    "papers": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "papers"),
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # Public rosters as they were handed out. In memory: another process may be another version of the program.
    "copies": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "copies",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

# ── long work: one queue in our own database, emptied by `manage.py worker` (docs/decisions/0009) ──
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ── who is who ───────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["members.accounts.LoginBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "iri_exchange.lib.typed.SeenCharactersValidator"},
]
# E-mail addresses are unique among active logins only: docs/decisions/0003.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_page"
ACCOUNT_ADAPTER = "members.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_PREVENT_ENUMERATION = True
# Sign-up is closed: a letter that invites strangers to it would be a dead end.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Whoever changes the password, the address or the second step is told by letter.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# One address at a time: a new one replaces it once its letter was answered.
ACCOUNT_CHANGE_EMAIL = True
# What could lock the owner out (address, second step) asks again who is there.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A code by mail opens as a password does: eight digits, a quarter of an hour, three attempts.
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
# What is not named here keeps allauth's own limits. key: the address, or the link.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,20/h/key",
    "reset_password": "20/m/ip,5/h/key",
    "claim_invitation": "20/m/ip,10/h/key",
    "renew_invitation": "10/m/ip,3/h/key",
    "invite_people": "200/h/user",
}
ACCOUNT_FORMS = {"confirm_login_code": "members.account_forms.ConfirmLoginCodeForm"}
MFA_ADAPTER = "members.second_step.SecondStepAdapter"
_forms = {"authenticate": "Authenticate", "reauthenticate": "Reauthenticate", "activate_totp": "ActivateTOTP"}
_forms |= {"add_webauthn": "AddPasskey", "edit_webauthn": "RenamePasskey"}
MFA_FORMS = {key: f"members.account_forms.{name}Form" for key, name in _forms.items()}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The code before and the one after count too: clocks differ, and fingers are slow.
MFA_TOTP_TOLERANCE = 1
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=BEHIND_HTTPS)
# The log-in limit counts by the visitor's address. Behind a web server that is the last one in X-Forwarded-For,
# which this server must have written itself; without one the header is a visitor's claim and counts for nothing.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if BEHIND_HTTPS else 0)

# ── letters ──────────────────────────────────────────────────────────────────
# Everything that sends mail, packages too, puts it into our queue; `manage.py worker` delivers it
# (docs/decisions/0014). In a demo without EMAIL_URL letters are shown on a page instead.
EMAIL_GIVEN = bool(env.str("EMAIL_URL", default=""))
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR}/mail")
vars().update(EMAIL_CONFIG)
DELIVERY_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "members.mail_backend.QueueBackend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
LETTER_LEASE = env.int("LETTER_LEASE", default=300)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="異業種交流ポータル <portal@example.jp>")
REPLY_TO = env.str("REPLY_TO", default="")
DEMO_LOGIN = "office@demo.example.jp"

# ── language, time, files ────────────────────────────────────────────────────
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Logs hold ids and paths, no names and no addresses.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # WeasyPrint and fontTools explain every glyph; only what matters is kept.
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # Says at every start that it is there.
        "pikepdf": {"level": "WARNING"},
        # A line for each look at the queue is too many; each task has its own (django_tasks).
        "django_tasks_db": {"level": "WARNING"},
    },
}

# URLs whose access a package decides itself; every other one declares it (iri_exchange.lib.access).
ACCESS_DECLARED_BY_PACKAGES = ["admin:", "account_", "mfa_"]

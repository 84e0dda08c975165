"""Every setting in one file: safe by default, relaxed only by the environment.

Source: architecture, section 4 (names); docs/operators/settings.md (meaning).
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import environ
import jinja2
from django.core.exceptions import ImproperlyConfigured

from core.calendar import zone_named
from core.logs import logging_of
from core.middleware import static_headers
from core.secrets import own_folder, site_key
from core.terms import TERMS

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("OKRSITE_VAR", default="") or BASE_DIR / "var").resolve()
try:
    own_folder(VAR)  # also where the database is elsewhere: the beat keeps its rounds there
    _KEY = env.str("SECRET_KEY", default="") or site_key(VAR)
except OSError as _problem:
    raise ImproperlyConfigured(f"OKRSITE_VAR must be a folder that can be written to; {VAR} is none.") from _problem


def _whole(name: str, typed: str, least: int, most: int) -> int:
    if not (typed.isascii() and typed.isdecimal() and least <= int(typed) <= most):
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.")
    return int(typed)


DEBUG = env.bool("OKRSITE_DEBUG", default=False)
PORT = _whole("PORT", env.str("PORT", default="") or "8000", 1, 65535)
SITE_URL = env.str("SITE_URL", default="").rstrip("/") or f"http://localhost:{PORT}"
if not re.fullmatch(r"https?://([\w.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?", SITE_URL):
    raise ImproperlyConfigured("SITE_URL must be an address such as https://okr.example.org, without a path.")
_site = urlsplit(SITE_URL)
_host = str(_site.hostname)
IS_HTTPS = _site.scheme == "https"

DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
IS_EMBEDDED = not REDIS_URL  # jobs and live messages stay inside the one process
WEB_PROCESSES = _whole("WEB_PROCESSES", env.str("WEB_PROCESSES", default="") or "1", 1, 64)
if WEB_PROCESSES > 1 and IS_EMBEDDED:
    raise ImproperlyConfigured("WEB_PROCESSES above 1 needs REDIS_URL: the processes talk to each other through Redis.")
LIVE_STREAMS = _whole("LIVE_STREAMS", env.str("LIVE_STREAMS", default="") or "2000", 1, 65_000)  # in each process

SECRET_KEY = _KEY
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY must have 32 characters or more.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or sorted({_host, "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = _whole("TRUSTED_PROXIES", env.str("TRUSTED_PROXIES", default="") or "0", 0, 9)  # in front of us
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "okrsite",
    "retros",
    "checkins",
    "objectives",
    "activity",
    "people",
    "core",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
]
MIDDLEWARE = [
    "core.logs.requests",
    "core.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer at random; CSRF tokens are masked anew (BREACH)
    "core.health.alive",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.odd_input",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.Answers",
    "people.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.clock",
    "people.middleware.viewer",
    "okrsite.chrome.counted",
    "people.middleware.roles",
    "people.middleware.last_used",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.middleware.htmx_redirects",
]
ROOT_URLCONF = "okrsite.urls"
WSGI_APPLICATION = "okrsite.wsgi.application"
ASGI_APPLICATION = "okrsite.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # third-party tables; ours have random ids (core.models.Row)

_JINJA = {
    "environment": "okrsite.jinja.environment",
    "autoescape": jinja2.select_autoescape(["html"], default=False),
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": jinja2.StrictUndefined,
    "auto_reload": DEBUG,
    "extensions": ["jinja2.ext.i18n"],
    "context_processors": [
        "django.contrib.messages.context_processors.messages",
        "okrsite.chrome.chrome",
        "core.kept.form_fields",
    ],
}
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": _JINJA,
    },
    {  # what third-party apps bring, nothing of ours
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": env.db_url_config(DATABASE_URL or f"sqlite:///{VAR / 'okrsite.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"] not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
    raise ImproperlyConfigured("DATABASE_URL must be postgres://user:password@host/name or sqlite:///path.")
IS_SQLITE = _database["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    _database["CONN_MAX_AGE"] = None  # opening it anew for each page costs more than the page's queries
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    if _database["NAME"] != ":memory:":
        Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    _database |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    _database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)

# Counts of tries stand in a table, shared by all processes, also while Redis is away. Above MAX_ENTRIES Django throws
# counts away, and whoever guesses starts anew; 300, its default, are a hundred tries from here and there.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.adapter.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "checkins:home"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; it also says that one signs in with a password
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with an invitation that went to the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False  # people.adapter notes a new password itself, in one transaction with it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # of the browser in which it is changed; the others always are
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "25/5m/ip",
    "login_failed": "25/5m/ip,10/5m/key",
    "reset_password": "20/5m/ip,5/30m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "people.forms.sign_in.SignInForm",
    "reset_password": "people.forms.sign_in.ForgottenForm",
    "reset_password_from_key": "people.forms.sign_in.NewPasswordForm",
    "change_password": "people.forms.sign_in.ChangePasswordForm",
    "reauthenticate": "people.forms.sign_in.ConfirmForm",
    "user_token": "people.forms.sign_in.ResetLinkForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
USERSESSIONS_TRACK_ACTIVITY = False  # it would write with every request; people.middleware notes the day

KEEP = {
    name: _whole(f"KEEP_{name}_DAYS", env.str(f"KEEP_{name}_DAYS", default="") or str(term.days), term.least, term.most)
    for name, term in TERMS.items()
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * KEEP["SESSIONS"]
SESSION_COOKIE_NAME = "__Host-okrsite-session" if IS_HTTPS else "okrsite-session"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-okrsite-csrf" if IS_HTTPS else "okrsite-csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page
ROOM_COOKIE_NAME = "__Host-okrsite-room" if IS_HTTPS else "okrsite-room"  # with the team behind it, one for each
MESSAGE_STORAGE = "core.messages.MessageStorage"
MESSAGES_COOKIE_NAME = "__Host-okrsite-messages" if IS_HTTPS else "okrsite-messages"
CSRF_FAILURE_VIEW = "core.answers.csrf_refused"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS and bool(TRUSTED_PROXIES)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^api/v1/"]  # the API refuses: a token sent openly is lost
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    if urlsplit(EMAIL_URL).scheme not in env.EMAIL_SCHEMES:
        raise ImproperlyConfigured("EMAIL_URL must be smtp+tls://user:password@host:port, or smtps:// or smtp://.")
    vars().update(env.email_url_config(EMAIL_URL))
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
CHAT_HOSTS = frozenset(env.list("CHAT_HOSTS", default=[]))  # of our own network, to which a chat may belong
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or f"okrsite <okrsite@{_host}>"

TIME_ZONE = env.str("TIME_ZONE", default="") or "UTC"
try:
    zone_named(TIME_ZONE)
except ValueError as _problem:
    raise ImproperlyConfigured("TIME_ZONE must be the name of a time zone, such as Europe/Berlin.") from _problem
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "okrsite.storage.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers

SPECTACULAR_SETTINGS = {"TITLE": "okrsite", "VERSION": "1", "SCHEMA_PATH_PREFIX": "/api/v1"}

CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 200
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # its lines are ours
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")

LOGGING = logging_of(plain=DEBUG)

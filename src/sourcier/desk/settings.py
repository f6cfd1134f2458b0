"""Django's settings for the desk, all from a few environment variables.

``SOURCIER_DATA`` is the data folder (default ``./data``), ``SOURCIER_DATABASE`` a database URL
(default: SQLite in the data folder), ``SOURCIER_HOSTS`` the host names served, ``SOURCIER_PUBLISHER`` who
publishes (default: Sourcier), ``SOURCIER_URL`` the address under which readers reach it, ``SOURCIER_HUBS``
the WebSub hubs that are told of publications (they need ``SOURCIER_URL``), ``SOURCIER_RELAY`` the
publisher's address of a relay that holds readers' connections (docs/scale.md),
``SOURCIER_HTTPS=1`` says that a proxy terminates TLS, ``SOURCIER_SECRET_KEY`` replaces the key kept in the
data folder, ``SOURCIER_MAIL`` is the address of a mail server (see `mail.settings_of`; default: no mail is
sent), ``SOURCIER_MFA=required`` lets nobody work at the desk without a second factor,
``SOURCIER_TELEGRAM`` is the token of the bot that tells people in chats (at ``SOURCIER_TELEGRAM_API``),
``SOURCIER_PRIVATE_HOOKS=1`` lets web hooks lead to private addresses.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

from sourcier.desk import mail, secret

DATA = Path(os.environ.get("SOURCIER_DATA", "data")).absolute()
ROOT = Path(__file__).parent

SECRET_KEY = os.environ.get("SOURCIER_SECRET_KEY") or secret.read(DATA)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SOURCIER_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ.get("SOURCIER_DATABASE") or f"sqlite:///{DATA / 'sourcier.sqlite3'}",
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",  # writers queue instead of failing half-way
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "sourcier.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sourcier.desk.middleware.content_security_policy",
    "sourcier.desk.middleware.open_api",
    "sourcier.desk.middleware.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sourcier.desk.people.middleware.at_the_door",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "sourcier.desk.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "environment": "sourcier.desk.jinja.environment",
            "context_processors": ["sourcier.desk.people.pages.context"],
        },
    }
]

HTTPS = os.environ.get("SOURCIER_HTTPS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Readers' pages set no cookie, so that any cache may keep them.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sourcier.desk.screens.refusals.forged"
X_FRAME_OPTIONS = "DENY"

URL = (os.environ.get("SOURCIER_URL", "").rstrip("/") + "/").removeprefix("/")
RELAY = os.environ.get("SOURCIER_RELAY", "")
HUBS = tuple(os.environ.get("SOURCIER_HUBS", "").replace(",", " ").split())
PUBLISHER = os.environ.get("SOURCIER_PUBLISHER") or "Sourcier"

# What all processes share: the counts of failed sign-ins. Rows that are over are cleared by Django.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "desk_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk-home"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

ACCOUNT_ADAPTER = "sourcier.desk.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who enters was invited
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Five wrong passwords lock a name for ten minutes, twenty an address. Passkeys are not held up by it.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/10m/ip,5/10m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
MFA_ADAPTER = "sourcier.desk.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = PUBLISHER
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_REQUIRED = os.environ.get("SOURCIER_MFA") == "required"

TELEGRAM = os.environ.get("SOURCIER_TELEGRAM", "")
TELEGRAM_API = os.environ.get("SOURCIER_TELEGRAM_API", "https://api.telegram.org").rstrip("/")
PRIVATE_HOOKS = os.environ.get("SOURCIER_PRIVATE_HOOKS") == "1"

MAIL = bool(os.environ.get("SOURCIER_MAIL"))
EMAIL_TIMEOUT = 10
if MAIL:
    globals().update(mail.settings_of(os.environ["SOURCIER_MAIL"]))

USE_TZ = True
TIME_ZONE = "UTC"
# The product's words are in locale/ (see sourcier.messages); Django's, which speak of forms that were
# filled in wrongly, are shown under desk/account/ alone.
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("fr", "français"), ("en", "English"), ("uk", "українська")]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "sourcier.people": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

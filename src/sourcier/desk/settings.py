"""Django's settings for the desk, all from a few environment variables.

``SOURCIER_DATA`` is the data folder (default ``./data``), ``SOURCIER_DATABASE`` a database URL
(default: SQLite in the data folder), ``SOURCIER_HOSTS`` the host names served, ``SOURCIER_PUBLISHER`` who
publishes (default: Sourcier), ``SOURCIER_URL`` the address under which readers reach it, ``SOURCIER_HUBS``
the WebSub hubs that are told of publications (they need ``SOURCIER_URL``), ``SOURCIER_RELAY`` the
publisher's address of a relay that holds readers' connections (docs/scale.md),
``SOURCIER_HTTPS=1`` says that a proxy terminates TLS, ``SOURCIER_SECRET_KEY`` replaces the key kept in the
data folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

from sourcier.desk import secret

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
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "sourcier.desk.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {"environment": "sourcier.desk.jinja.environment"},
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

LOGIN_URL = "desk-login"
LOGIN_REDIRECT_URL = "desk-home"
LOGOUT_REDIRECT_URL = "desk-login"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # the product's words are in locale/, see sourcier.messages

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

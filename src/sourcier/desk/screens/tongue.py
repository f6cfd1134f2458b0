"""In which language the desk speaks to somebody."""

from __future__ import annotations

from babel.core import negotiate_locale
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = ("fr", "en", "uk")
"""The languages of the desk's interface."""


def language(request: HttpRequest) -> str:
    """Return the interface's language: the one chosen (``?ui=``), else the browser's."""
    if (chosen := request.GET.get("ui")) in LANGUAGES:
        request.session["ui"] = chosen
    if (kept := request.session.get("ui")) in LANGUAGES:
        return str(kept)
    return accepted(request)


def accepted(request: HttpRequest) -> str:
    """Return the language that the browser prefers of those that we have; no session is opened."""
    header = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    preferred = [code.replace("-", "_") for code, _ in header]
    return negotiate_locale(preferred, LANGUAGES) or LANGUAGES[0]

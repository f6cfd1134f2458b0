"""What the pages of the way in show beside their forms: the frame, and what there is to say."""

from __future__ import annotations

from functools import partial
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.messages import constants
from django.http import HttpRequest
from django.http.request import split_domain_port

from sourcier.desk.screens.frame import frame

DESK: str = settings.SESSION_COOKIE_PATH
ACCOUNT = f"{DESK}account/"
"""Where one signs in and keeps one's account; all of allauth's pages stand here."""

_SAID = "said"


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what each template under `ACCOUNT` may use; nothing elsewhere: other views say it all."""
    if not request.path_info.startswith(ACCOUNT):
        return {}
    more = {
        "said": partial(_told, request),
        "passkeys": passkeys_possible(request),
        "mail": settings.MAIL,
        "factor_required": settings.MFA_REQUIRED,
    }
    return frame(request) | more


def tell(request: HttpRequest, text: str, *, level: int = constants.SUCCESS) -> None:
    """Say `text` on the next page of the account; `level` is one of Django's levels of messages."""
    kept = request.session.get(_SAID, [])
    request.session[_SAID] = [*kept, (level >= constants.WARNING, text)]


def _told(request: HttpRequest) -> list[tuple[bool, str]]:
    """Return what is to be said, once: whether it is a warning, and the words."""
    kept: list[tuple[bool, str]] = (
        request.session.pop(_SAID, []) if _SAID in request.session else []
    )
    return kept


def host_name(request: HttpRequest) -> str:
    """Return the host that is asked for, without its port."""
    return split_domain_port(request.get_host())[0]


def passkeys_possible(request: HttpRequest) -> bool:
    """Tell whether browsers make passkeys here: these are bound to a name, and never to a number."""
    try:
        ip_address(host_name(request).strip("[]"))
    except ValueError:
        return True
    return False

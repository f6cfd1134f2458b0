"""The desk's style and scripts, served under addresses that change with their content."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

_FILES = {
    "desk.css": (
        ("sourcier.publish", "static/tokens.css"),
        ("sourcier.desk", "static/desk.css"),
        ("sourcier.desk", "static/header.css"),
        ("sourcier.desk", "static/page.css"),
        ("sourcier.desk", "static/account.css"),
        ("sourcier.desk", "static/rules.css"),
        ("sourcier.desk", "static/together.css"),
        ("sourcier.desk", "static/flow.css"),
        ("sourcier.desk", "static/wall.css"),
    ),
    "desk.js": (
        ("sourcier.desk", "static/keys.js"),
        ("sourcier.desk", "static/writing.js"),
        ("sourcier.desk", "static/stream.js"),
        ("sourcier.desk", "static/fresh.js"),
        ("sourcier.desk", "static/kept.js"),
        ("sourcier.desk", "static/together.js"),
        ("sourcier.desk", "static/conflict.js"),
    ),
    "conflict.js": (("sourcier.desk", "static/conflict.js"),),
    "passkeys.js": (
        ("allauth.mfa", "static/mfa/js/webauthn-json.js"),
        ("allauth.mfa", "static/mfa/js/webauthn.js"),
        ("sourcier.desk", "static/passkeys.js"),
        ("allauth.account", "static/account/js/onload.js"),
    ),
    "htmx.js": (("django_htmx", "static/django_htmx/htmx-2.min.js"),),
}
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


def address(name: str) -> str:
    """Return where the asset `name` is served."""
    return reverse("desk-asset", args=[_content(name)[1], name])


@require_safe
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Serve an asset, to be kept for good."""
    del request
    if name not in _FILES or _content(name)[1] != digest:
        raise Http404
    kind = _TYPES[name.rsplit(".", 1)[1]]
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(_content(name)[0], content_type=kind, headers=headers)


@cache
def _content(name: str) -> tuple[bytes, str]:
    parts = [(files(package) / path).read_bytes() for package, path in _FILES[name]]
    # A script that ends without its semicolon must not take the next one for its arguments.
    content = (b"\n;\n" if name.endswith(".js") else b"\n").join(parts)
    return content, sha256(content).hexdigest()[:12]

"""The Jinja2 environment of the desk's templates."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import json_script
from jinja2 import Environment, StrictUndefined

from sourcier.desk import assets
from sourcier.publish.render import number, utc


def environment(**options: Any) -> Environment:
    """Return an environment that escapes everything and refuses names that are not there."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 - Django turns autoescape on in `options`
    made.globals |= {"url": reverse, "asset": assets.address, "json_script": json_script}
    made.filters |= {"num": number, "utc": utc}
    return made

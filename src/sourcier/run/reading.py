"""Reading in an outer loop: what cannot be read is a problem, and costs nothing else."""

from __future__ import annotations

from sourcier.problems import InputError, Problem
from sourcier.read import read
from sourcier.types import Capture, Reading


def read_or_problem(capture: Capture, *, mentions: bool = False) -> Reading | Problem:
    """Return the reading of a capture, or the problem that names it."""
    where = capture.url or capture.dispatch
    try:
        return read(capture, mentions=mentions)
    except InputError as error:
        return Problem(where=where, code=error.problem.code, message=error.problem.message)
    except Exception as error:  # noqa: BLE001 (an outer loop: no dispatch stops a batch or a desk)
        message = f"not read: {type(error).__name__}: {error}"
        return Problem(where=where, code="not_read", message=message)

"""Why a call is refused: a status, and a problem that says it to the program and to people."""

from __future__ import annotations

from collections.abc import Mapping

from sourcier.problems import Problem


class RefusedError(Exception):
    """A call that is not done: nothing was changed."""

    def __init__(
        self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})

    def problem(self, where: str) -> Problem:
        """Return it as it is said; `where` is the address of the call."""
        return Problem(where=where, code=self.code, message=str(self))

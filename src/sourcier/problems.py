"""Problems are data: what was wrong with one input, said in one line, while the rest goes on."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One bad input: `where` names it (file, line, URL), `code` is stable, `message` is for people."""

    where: str
    code: str
    message: str

    def __str__(self) -> str:
        """Return the one line that goes to standard error."""
        return f"{self.where}: {' '.join(self.message.split())}"


class InputError(Exception):
    """Raised inside one input's processing; its caller turns it into a `Problem` and goes on."""

    def __init__(self, where: str, code: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.problem = Problem(where=where, code=code, message=message)

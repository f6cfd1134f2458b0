"""In which language an entry's words are, and whether a correction passed them over."""

from __future__ import annotations

from itertools import pairwise

from sourcier.publish.view import View
from sourcier.types import Entry


def tongue(view: View, language: str) -> str:
    """Return "en ukrainien": the language of words that stand on the page in another than its own."""
    return view.words.either(f"in.{language}", f"({view.words.language_name(language)})")


def stale(view: View, entry: Entry, language: str) -> str:
    """Return that the text in `language` stayed as it was when another language's was corrected, or ""."""
    found = _passed_over(_versions(view, entry)).get(language)
    if found is None:
        return ""
    version, code = found
    clock = view.moment(version.updated)
    return view.words("translation.stale", clock=clock, tongue=tongue(view, code))


def _passed_over(versions: list[Entry]) -> dict[str, tuple[Entry, str]]:
    """Return which texts a correction passed over: that correction, and a language whose text it changed.

    A text that changes later has caught up, and does not make the others old.
    """
    found: dict[str, tuple[Entry, str]] = {}
    for before, after in pairwise(versions):
        changed = [code for code, text in after.texts.items() if before.texts.get(code) != text]
        leading = [code for code in changed if code not in found]
        found = {code: passed for code, passed in found.items() if code not in changed}
        if leading and after.state == "corrected":
            kept = (code for code in after.texts if code not in changed)
            found |= dict.fromkeys(kept, (after, leading[0]))
    return found


def _versions(view: View, entry: Entry) -> list[Entry]:
    """Return the versions of an entry up to the one shown, oldest first."""
    known = view.story.history.get(entry.id, ())
    return [version for version in known if version.version <= entry.version]

"""The rules that each format is checked by before it goes out: what breaks one does not go out.

For XML they are grammars of our own, ``data/rules/*.rng`` (RELAX NG), for JSON the shapes of `shapes`.
Both are narrower than the standards: what we mean to write, and nothing else. The tests check what we
write by the official schemas too.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from lxml import etree

from sourcier.problems import InputError

ENTRY = "{http://www.w3.org/2005/Atom}content/{urn:oasis:names:tc:emergency:cap:1.2}alert"


class InvalidFormatError(InputError):
    """What was made in a format breaks its rules; the problem's message says which."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name, "invalid_format", message)


def check_xml(name: str, content: bytes, grammar: str) -> None:
    """Raise InvalidFormatError where the document `content` of file `name` breaks a grammar.

    CAP messages within an Atom feed are held to the rules of CAP.
    """
    document = etree.fromstring(content)
    _hold(name, document, grammar)
    for alert in document.iterfind(f".//{ENTRY}"):
        _hold(name, etree.fromstring(etree.tostring(alert, with_tail=False)), "cap")
    ids = [found.text for found in document.iter("{*}id", "{*}guid")]
    if len(ids) != len(set(ids)):
        raise InvalidFormatError(name, "two items have one id")


def check_json(name: str, content: bytes, shape: type[msgspec.Struct]) -> None:
    """Raise InvalidFormatError where the JSON `content` of file `name` has another shape."""
    try:
        msgspec.json.decode(content, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidFormatError(name, str(error)) from error


def _hold(name: str, document: etree._Element, grammar: str) -> None:
    rules = _grammar(grammar)
    if not rules.validate(document):
        said = dict.fromkeys(f"line {one.line}: {one.message}" for one in rules.error_log)
        raise InvalidFormatError(name, "; ".join(list(said)[:3]))


@cache
def _grammar(name: str) -> etree.RelaxNG:
    path = files("sourcier.publish") / "data" / "rules" / f"{name}.rng"
    return etree.RelaxNG(etree.fromstring(path.read_bytes()))

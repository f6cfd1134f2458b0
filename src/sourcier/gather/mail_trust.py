"""Who sent a mail, and whether that is so: anybody can write to a mailbox, under any name.

What the receiving server found out (RFC 8601) counts only under its own name: whatever else stands in the
header was written by the sender.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.message import Message

from sourcier.gather.mail_message import fields, worded
from sourcier.problems import InputError

EVERYBODY = "*"
"""The entry of `senders` that allows any: for an archive, not for a mailbox."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ADDRESS = re.compile(r"[^\s<>@,;:\"()]+@[\w.-]+")
_RESULT = re.compile(r"\s*([\w-]+)\s*=\s*([\w-]+)(.*)", re.DOTALL)
_PROPERTY = re.compile(r"([\w-]+\.[\w-]+)\s*=\s*\"?([^\s;\"]+)")


def sender_of(head: Message, where: str) -> tuple[str, str | None]:
    """Return the address that a mail is from, in lower case, and the name before it.

    Raises InputError where it is not one address: which of them was checked nobody could tell.
    """
    stated = list(fields(head, "From"))
    value = stated[0] if len(stated) == 1 else ""
    bare = _QUOTED.sub("", value)
    name, opened, rest = bare.partition("<")
    address, closed, after = rest.partition(">")
    if not opened:
        name, address = "", bare
    elif not closed or after.strip() or ("@" in name and "," in name):
        address = ""
    if not _ADDRESS.fullmatch(address.strip()):
        raise InputError(where, "bad_sender", f"not one sender: {value[:80]!r}")
    shown = value.rpartition("<")[0].replace("\\", "").strip(' "')
    return address.strip().lower(), worded(shown) or None


def allowance(address: str, senders: Sequence[str]) -> str | None:
    """Return the entry of `senders` that allows an address: itself, its domain, one above; null for none."""
    domain = address.rpartition("@")[2]
    for entry in senders:
        wanted = entry.strip().lower().removeprefix("@")
        if wanted == EVERYBODY or address == wanted or _within(domain, wanted):
            return wanted
    return None


def check(head: Message, address: str, authserv: str, where: str) -> None:
    """Raise InputError where the server `authserv` did not find that a mail is from `address`.

    DMARC decides; without it, a signature or an envelope of the sender's own domain does.
    """
    own = next(_trusted(head, authserv), None)
    if own is None:
        raise InputError(where, "not_checked", f"no Authentication-Results of {authserv}")
    domain = address.rpartition("@")[2]
    results = list(_results(own))
    policy = [verdict for method, verdict, _ in results if method == "dmarc"]
    if policy and policy[0] != "none":
        good = policy[0] == "pass"
    else:
        good = any(_proves(*one, domain) for one in results)
    if not good:
        told = ", ".join(f"{method}={verdict}" for method, verdict, _ in results)[:120] or "nothing"
        raise InputError(where, "not_authentic", f"{address} is not proven: {told}")


def _trusted(head: Message, authserv: str) -> Iterator[str]:
    """Yield, newest first, what the server wrote under its own name, without comments."""
    for value in fields(head, "Authentication-Results"):
        bare = _without_comments(value)
        server, _, results = bare.partition(";")
        if server.split()[:1] and server.split()[0].lower() == authserv.lower():
            yield results


def _without_comments(value: str) -> str:
    kept: list[str] = []
    depth = 0
    for character in value:
        depth += character == "("
        if not depth:
            kept.append(character)
        depth -= character == ")" and depth > 0
    return "".join(kept)


def _results(value: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield method, verdict and properties of each result, all in lower case."""
    for part in value.lower().split(";"):
        if found := _RESULT.match(part):
            yield found[1], found[2], dict(_PROPERTY.findall(found[3]))


def _proves(method: str, verdict: str, properties: dict[str, str], domain: str) -> bool:
    """Tell whether a result is for the domain that the mail names, or one above or below it."""
    if verdict != "pass" or method not in {"dkim", "spf"}:
        return False
    names = ("header.d", "header.i") if method == "dkim" else ("smtp.mailfrom",)
    proven = next((properties[name] for name in names if name in properties), "")
    other = proven.rpartition("@")[2]
    return bool(other) and (_within(domain, other) or _within(other, domain))


def _within(domain: str, above: str) -> bool:
    return domain == above or (domain.endswith(f".{above}") and "." in above)

"""From claims to words in one step: a text proposed from the bound claims, a repair of a check."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sourcier.desk.drafting.checks import mended
from sourcier.desk.drafting.compose import compose, kind_of, principal
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.people.access import needs
from sourcier.desk.screens.entry import composer
from sourcier.desk.screens.entry.editing import Work, show_desk, work_of
from sourcier.desk.screens.entry.event_pane import numbered
from sourcier.types import EntryText


@require_POST
@never_cache
@needs("write")
def rewrite(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the form back with a text proposed from its claims, or with one ``repair`` made.

    ``tell`` names the claims by number instead: the sides of a contradiction that are to be told.

    As JSON (texts, claims, kind) to a script, else as the whole screen. Nothing is kept: that is
    for the editor to do.
    """
    work = work_of(request, slug, request.POST.get("event", ""), request.POST.get("entry", ""))
    sent = request.POST.copy()
    try:
        error = _asked(sent, work)
    except (TypeError, ValueError, KeyError, OverflowError, RecursionError):
        error = "error.action"
    if request.accepts("text/html"):
        return show_desk(request, work, sent=sent, error=error)
    texts = {code: sent.get(f"text-{code}", "") for code in work.desk.story.languages}
    answer = {"texts": texts, "claims": sent.getlist("claim"), "kind": sent.get("kind", "")}
    return JsonResponse(answer | {"error": work.desk.say(error) if error else ""})


def _asked(sent: QueryDict, work: Work) -> str:
    """Do what the form asks for; return the key of what went wrong, "" for nothing."""
    if "repair" in sent:
        return _repair(sent, work, json.loads(str(sent["repair"])))
    if "tell" in sent:
        known = numbered(work.page) if work.page else {}
        told = [known[int(number)].id for number in str(sent["tell"]).split()]
        sent.setlist("claim", told)
    return _propose(sent, work)


def _propose(sent: QueryDict, work: Work) -> str:
    """Write a text from the bound claims, behind what is written; from the main ones for none bound."""
    page = work.page
    if page is None:
        return "error.no_event"
    known = numbered(page)
    wanted = set(sent.getlist("claim"))
    claims = [claim for claim in known.values() if claim.id in wanted]
    if not claims and page.event:
        claims = list(principal(page.event, known.values(), page.copies))
    if not claims:
        return "error.no_claims"
    blank = not any(sent.get(f"text-{code}", "").strip() for code in work.desk.story.languages)
    for code in work.desk.story.languages:
        phrases = Phrases(code, page.captures, known.values())
        made = compose(phrases, claims, page.event, page.captures)
        sent[f"text-{code}"] = _behind(sent.get(f"text-{code}", ""), made)
    sent.setlist("claim", [claim.id for claim in claims])
    if blank:
        sent["kind"] = kind_of(claims)
    return ""


def _behind(written: str, made: EntryText) -> str:
    """Return a proposed text, behind what an editor wrote already."""
    if not written.strip():
        return composer.joined({"": made}, "")
    told = " ".join(filter(None, (f"{made.headline}.", made.body)))
    return f"{written.rstrip()}\n\n{told}"


def _repair(sent: QueryDict, work: Work, asked: dict[str, Any]) -> str:
    """Bind the claim or write the words that the repair names; its parts are named in `_proof.html`."""
    if "bind" in asked:
        claim = numbered(work.page)[int(asked["bind"])] if work.page else None
        if claim and claim.id not in sent.getlist("claim"):
            sent.appendlist("claim", claim.id)
        return "" if claim else "error.no_event"
    code = str(asked["language"])
    if code not in work.desk.story.languages:
        return "error.action"
    text = composer.joined(composer.texts(sent), code)
    words, write = str(asked["words"]), str(asked["write"])
    mend = mended(text, int(asked["at"]), words, write)
    if mend is None:
        return "error.words_gone"
    sent[f"text-{code}"] = mend
    return ""

"""The rules of a story: the list in its order, a form for one rule, and a trial on what came in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from sourcier.desk import actions, clock, store
from sourcier.desk.drafting import rules as facts
from sourcier.desk.drafting.rules import Rule, Rules
from sourcier.desk.people.access import needs
from sourcier.desk.screens.frame import frame
from sourcier.desk.screens.managing.rule_form import RefusedError, rule_of
from sourcier.desk.screens.managing.rule_words import sentence
from sourcier.desk.screens.managing.trial import trial
from sourcier.messages import languages

MOST = 40
"""The most rules of a story: more than anybody reads."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("rules")
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a story's rules; change them, or try what they would have done."""
    known = store.rules(slug)
    if request.method != "POST":
        return _screen(request, slug, known, _by_id(known, request.GET.get("edit", "")))
    edited: Rule | None = None
    try:
        do = request.POST.get("do", "")
        edited = (
            rule_of(request.POST) if do in ("save", "try") and "outcome" in request.POST else None
        )
        if do == "try":
            tried = replace(known, rules=_with(known.rules, edited) if edited else known.rules)
            more = trial(
                slug, tried, known, request.POST.get("day", ""), frame(request, slug)["ui"]
            )
            return _screen(request, slug, known, edited, trial=more)
        changed = _with(known.rules, edited) if edited else _moved(known.rules, do, request)
        _keep(request, slug, changed)
    except RefusedError as error:
        return _screen(request, slug, known, edited, error=str(error), status=422)
    return HttpResponseRedirect(f"{reverse('desk-rules', args=[slug])}?done=1")


def _keep(request: HttpRequest, slug: str, changed: tuple[Rule, ...]) -> None:
    sent = request.POST.get("seen", "")
    seen = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1
    if len(changed) > MOST:
        raise RefusedError("rules.many")
    try:
        who = request.user.get_username()
        actions.set_rules(slug, changed, seen=seen, who=who, now=clock.now())
    except actions.RulesChangedError as error:
        raise RefusedError("rules.changed") from error


def _by_id(known: Rules, key: str) -> Rule | None:
    return next((rule for rule in known.rules if rule.id == key), None)


def _with(known: tuple[Rule, ...], rule: Rule) -> tuple[Rule, ...]:
    """Return the rules with `rule` in the place of the one of its id, else behind all."""
    if any(each.id == rule.id for each in known):
        return tuple(rule if each.id == rule.id else each for each in known)
    return (*known, replace(rule, id=uuid4().hex[:8]))


def _moved(known: tuple[Rule, ...], do: str, request: HttpRequest) -> tuple[Rule, ...]:
    """Return the rules with one moved up or down, switched or taken out."""
    ids = [rule.id for rule in known]
    key = request.POST.get("rule", "")
    if key not in ids or do not in ("up", "down", "switch", "remove"):
        raise RefusedError("rules.gone")
    at, rest = ids.index(key), [rule for rule in known if rule.id != key]
    if do == "remove":
        return tuple(rest)
    if do == "switch":
        return tuple(replace(rule, on=not rule.on) if rule.id == key else rule for rule in known)
    rest.insert(max(0, at + (-1 if do == "up" else 1)), known[at])
    return tuple(rest)


def _screen(
    request: HttpRequest,
    slug: str,
    known: Rules,
    edited: Rule | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    shown = frame(request, slug)
    say, ui = shown["say"], shown["ui"]
    blank = Rule(id="", do="review", subjects=("alert",), roles=("official",))
    values = {
        "known": known,
        "before": store.rules_before(slug),
        "told": lambda rule: sentence(rule, say, ui),
        "edited": edited or blank,
        "choices": facts,
        "tongues": languages(),
        "trial": None,
        "error": "",
        "done": request.GET.get("done", ""),
    }
    return render(request, "rules.html", shown | values | more, status=status)

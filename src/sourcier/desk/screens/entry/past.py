"""The history of an entry: every text that was kept, what was done, what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sourcier.desk import actions, clock, store
from sourcier.desk.drafting.worddiff import Piece, changes
from sourcier.desk.flow import NotNowError, Situation, right_for
from sourcier.desk.people.access import MissingRightError, needs
from sourcier.desk.people.roles import rights_in
from sourcier.desk.screens.entry import composer
from sourcier.desk.screens.frame import desk_of, frame
from sourcier.desk.store import Kept, Line
from sourcier.types import Claim, Entry

PAGE = 30
"""How many texts a page of the history shows."""


@dataclass(frozen=True, slots=True)
class Text:
    """A kept text beside the one before it: what was done with it, what is another, claims by quote.

    `first` is the whole text by language, where nothing was kept before.
    """

    kept: Kept
    done: tuple[Line, ...]
    first: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    bound: tuple[str, ...] = ()
    unbound: tuple[str, ...] = ()
    kind: str = ""
    picture: bool = False
    link: bool = False

    @property
    def same(self) -> bool:
        """Whether nothing that it says is another."""
        words = self.first or self.changes or self.kind
        return not (words or self.bound or self.unbound or self.picture or self.link)


@require_safe
@never_cache
@needs("read")
def history(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the history of an entry, the newest first; ``?until=`` for what is older than a text."""
    kept, lines = store.history(slug, key)
    if not kept:
        raise Http404
    until = request.GET.get("until", "")
    older = [one for one in kept if not until.isdecimal() or one.row < int(until[:18])]
    keys = {claim for one in kept for claim in one.record.claims}
    texts = list(compared(older[-PAGE - 1 :], lines, store.claims(slug, keys)))[::-1][:PAGE]
    move = right_for("draft", _situation(slug, key))
    shown = {
        **frame(request, slug),
        "desk": desk_of(request, slug),
        "entry": kept[-1].record,
        "texts": texts,
        "called": store.names(_writers(texts)),
        "older": texts[-1].kept.row if len(older) > PAGE else 0,
        "may_restore": move in rights_in(request.user, slug),
        "parsed": datetime.fromisoformat,
    }
    return render(request, "history.html", shown)


@require_POST
@never_cache
@needs("write")
def restore(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Bring a text back as a draft, and open it in the composer."""
    right = right_for("draft", _situation(slug, key))
    if right and right not in rights_in(request.user, slug):
        raise MissingRightError(right)
    row, who = request.POST.get("row", ""), request.user.get_username()
    try:
        actions.restore(slug, key, int(row[:18]), who=who, now=clock.now())
    except (ValueError, actions.NoSuchEntryError) as error:
        if isinstance(error, NotNowError):
            return HttpResponseRedirect(reverse("desk-history", args=[slug, key]))
        raise Http404 from error
    there = urlencode({"entry": key, "done": "restore"})
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{there}#comp")


def _writers(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        yield text.kept.by
        yield from (line.who for line in text.done)


def compared(
    kept: Sequence[Kept], lines: Sequence[Line], claims: Mapping[str, Claim]
) -> Iterator[Text]:
    """Yield each text beside the one before it, the oldest first."""
    done = _done(kept, lines)
    for one in kept[:1]:
        yield Text(one, done.get(one.row, ()), first=_whole(one.record))
    for before, after in pairwise(kept):
        yield Text(
            after,
            done.get(after.row, ()),
            changes=changes(_whole(before.record), _whole(after.record)),
            bound=_quotes(after.record, before.record, claims),
            unbound=_quotes(before.record, after.record, claims),
            kind=before.record.kind if before.record.kind != after.record.kind else "",
            picture=before.record.picture != after.record.picture,
            link=before.record.link != after.record.link,
        )


def _whole(entry: Entry) -> dict[str, str]:
    return {code: composer.joined(entry.texts, code) for code in entry.texts}


def _quotes(of: Entry, beside: Entry, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """Return the words of the claims that `of` binds and `beside` does not."""
    more = (key for key in of.claims if key not in beside.claims)
    return tuple(claims[key].quote for key in more if key in claims)


def _done(kept: Sequence[Kept], lines: Sequence[Line]) -> dict[int, tuple[Line, ...]]:
    """Return what was done with each text: from its moment on, until the next one came."""
    found: dict[int, tuple[Line, ...]] = {}
    for line in lines:
        there = [one.row for one in kept if one.record.updated <= line.at]
        if there:
            found[there[-1]] = (*found.get(there[-1], ()), line)
    return found


def _situation(slug: str, key: str) -> Situation:
    standing = next(iter(store.standing(slug, keys=[key])), None)
    if standing is None:
        raise Http404
    return standing.situation

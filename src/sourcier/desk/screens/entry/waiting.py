"""What waits in a story: for review, for its hour, as a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sourcier.desk import store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import WAITING, Stage
from sourcier.desk.people.access import needs
from sourcier.desk.screens.frame import desk_of, frame

SHOWN: tuple[Stage, ...] = (*WAITING, "discarded")


@dataclass(frozen=True, slots=True)
class Filter:
    """What of what waits is asked for: a stage ("": all that waits), only one's own or everybody's."""

    stage: str = ""
    by: str = ""

    def takes(self, found: Standing) -> bool:
        """Tell whether an entry is shown."""
        stages = (self.stage,) if self.stage else WAITING
        return found.stage in stages and self.by in ("", found.by)


@require_safe
@never_cache
@needs("read")
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """List what waits, the most pressing first."""
    stage = request.GET.get("stage", "")
    mine = request.GET.get("mine") == "1"
    wanted = Filter(
        stage if stage in get_args(Stage) else "", request.user.get_username() if mine else ""
    )
    found = pressing(filter(wanted.takes, store.standing(slug)))
    shown = {
        **frame(request, slug),
        "desk": desk_of(request, slug),
        "stages": SHOWN,
        "stage": wanted.stage,
        "mine": mine,
        "found": found,
        "behind": () if stage else store.behind(slug),
        "outdated": () if stage else store.outdated(slug),
        "called": store.names(one.by for one in found),
    }
    return render(request, "waiting.html", shown)


def pressing(found: Iterable[Standing]) -> list[Standing]:
    """Return entries by stage, the scheduled ones by their hour, the others the last moved first."""
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda s: (SHOWN.index(s.stage), s.due or far, -s.moved))

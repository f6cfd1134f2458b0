"""The recap of a day, proposed in the composer: nothing is kept until the editor does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sourcier.desk import clock, models, store
from sourcier.desk.drafting.recap import Recap, recap
from sourcier.desk.people.access import needs
from sourcier.desk.screens.entry import composer
from sourcier.desk.screens.entry.editing import show_desk, work_of
from sourcier.publish.words import tz


@require_safe
@never_cache
@needs("write")
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the desk with a new entry that recaps the day asked for; say so where nothing was told then."""
    made = _recap(slug, request.GET.get("day", ""))
    if made is None:
        return show_desk(
            request, work_of(request, slug, "", "new"), error="error.no_recap", status=404
        )
    work = work_of(request, slug, "", "new", made.claims)
    return show_desk(request, work, sent=_form(made))


def _recap(slug: str, asked: str) -> Recap | None:
    try:
        zone = tz(store.zone(slug))
    except models.Story.DoesNotExist as error:
        raise Http404 from error
    try:
        day = date.fromisoformat(asked)
        end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return recap(store.story(slug, at=end - timedelta(microseconds=1), now=clock.now()), day)


def _form(made: Recap) -> QueryDict:
    """Return a proposal as the composer's form would send it."""
    texts = [(f"text-{code}", composer.joined(made.texts, code)) for code in made.texts]
    claims = [("claim", key) for key in made.claims]
    return QueryDict(urlencode([("kind", "recap"), *texts, *claims]))

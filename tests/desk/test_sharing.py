"""An entry of one story taken into another: words anew, sources from home, newer words offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from msgspec.structs import replace

from sourcier.desk import actions, clock, models, store
from sourcier.desk.people.rights import Role
from sourcier.desk.screens.entry import composer
from sourcier.publish.page import render_entry_page
from sourcier.types import Entry, EntryText, Origin, Origins
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, alert, batch, capture, interval, minute, reading
from tests.desk.samples import CAPTURES, READINGS, first, second

OTHER = "gares"
BRING = f"/desk/{OTHER}/bring"


@pytest.fixture(autouse=True)
def home(story: str) -> None:
    store.save_captures(story, CAPTURES)
    store.save_readings(story, READINGS)
    for number, woven in ((1, first()), (10, second())):
        store.save_woven(story, woven, minute(number))
    opened(OTHER)
    actions.publish(told(), who="ines", now=minute(20))


def opened(slug: str, languages: tuple[str, ...] = ("en", "uk")) -> None:
    store.open_story(slug, {"fr": "Gares"}, zone="UTC", languages=languages, now=START)


def told(**more: Any) -> Entry:
    known: dict[str, Any] = {
        "event": "e1", "claims": ("killed", "copied"), "pinned": True, "rank": -3,
        "origins": Origins(outlets=2, dispatches=2, origins=(Origin(key="a", name="a"),)),
    }  # fmt: skip
    return entry(headline="Au moins deux morts", **known | more)


def shared(now: int = 30, **more: Any) -> Entry:
    return actions.share(SLUG, "x1", to=OTHER, who="ines", now=minute(now), **more)[0]


def out(kept: Entry, now: int = 31) -> Entry:
    return actions.publish(kept, who="ines", now=minute(now))[0]


def test_the_draft_has_the_common_words_and_the_claims_without_the_event() -> None:
    kept = shared()
    assert (kept.story, kept.version, kept.state, kept.event) == (OTHER, 0, "draft", None)
    assert list(kept.texts) == ["en"]
    assert kept.claims == ("killed", "copied")
    assert (kept.pinned, kept.rank, kept.published) == (False, 0, minute(30))
    assert kept.shared
    assert (kept.shared.story, kept.shared.entry, kept.shared.version) == (SLUG, "x1", 1)


def test_what_it_rests_on_is_read_from_home_and_no_row_is_copied() -> None:
    out(shared())
    page = store.story(OTHER, now=minute(40))
    assert set(page.claims) == {"killed", "copied"}
    assert set(page.captures) == {"wire", "copy"}
    assert page.copies["copy"].origin == "wire"
    assert not models.Claim.objects.filter(story_id=OTHER).exists()
    whole = store.everything(OTHER, now=minute(40))
    assert set(whole.claims) == {"killed", "copied"}
    assert set(whole.copies) == {"copy"}
    bound = store.claims_page(OTHER, ["copied"])
    assert bound
    assert set(bound.copies) == {"copy"}


def test_it_is_counted_as_home_counts_it() -> None:
    kept = out(shared())
    assert store.story(OTHER, now=minute(40)).entries[0].origins.outlets == 2
    more = Origins(outlets=7, dispatches=9, origins=(Origin(key="a", name="a"),))
    store.save_origins(SLUG, minute(50), {"x1": more})
    assert store.story(OTHER, now=minute(55)).entries[0].origins == more
    assert store.story(OTHER, at=minute(45), now=minute(55)).entries[0].origins.outlets == 2
    assert kept.origins.outlets == 2


def test_an_alert_keeps_its_interval() -> None:
    siren = capture("siren", "Alerte aérienne à Trois-Ponts", publisher="Préfecture")
    warning = alert(siren, "warning", "Alerte aérienne")
    store.save_captures(SLUG, [siren])
    store.save_readings(SLUG, [reading(siren, warning)])
    store.save_woven(SLUG, batch(intervals=(interval(warning),)), minute(12))
    actions.publish(
        entry("a1", "Alerte", kind="alert", claims=("warning",)), who="ines", now=minute(21)
    )
    out(actions.share(SLUG, "a1", to=OTHER, who="ines", now=minute(30))[0])
    page = store.story(OTHER, now=minute(40))
    assert [found.id for found in page.alerts] == ["a1"]
    assert set(store.with_alert_history(page).alert_history) == {"a1"}
    assert [a.id for a in store.everything(OTHER, now=minute(40)).alerts] == ["a1"]
    assert store.story(SLUG, now=minute(40)).alerts == page.alerts


def test_readers_are_told_where_it_was_first_published() -> None:
    kept = out(shared())
    html = render_entry_page(store.story(OTHER, now=minute(40)), kept.id, "en").html
    assert f'href="/{SLUG}/e/x1' in html
    assert "First published in “Strikes on Trypont”" in html
    assert "au moins deux morts" in html


@pytest.mark.parametrize(
    ("problem", "to", "expected"),
    [("same", SLUG, "share.same"), ("language", "quais", "share.languages")],
)
def test_what_cannot_be_taken_says_why(problem: str, to: str, expected: str) -> None:
    opened("quais", languages=("uk",))
    with pytest.raises(actions.NotSharedError, match=expected):
        actions.share(SLUG, "x1", to=to, who="ines", now=minute(30))
    assert problem


def test_a_correction_stays_with_what_it_is_about() -> None:
    _, told_of = actions.correct(told(), note={"fr": "Faux."}, who="ines", now=minute(25))
    with pytest.raises(actions.NotSharedError, match=r"share\.regards"):
        actions.share(SLUG, told_of.id, to=OTHER, who="ines", now=minute(30))


def test_a_draft_a_retracted_one_and_a_frozen_story_are_refused() -> None:
    actions.draft(entry("d1"), who="ines", now=minute(21))
    with pytest.raises(actions.NoSuchEntryError):
        actions.share(SLUG, "d1", to=OTHER, who="ines", now=minute(30))
    actions.freeze(OTHER, who="ines", now=minute(29))
    with pytest.raises(actions.FrozenStoryError):
        shared()
    actions.retract(SLUG, "x1", note={"fr": "Faux."}, who="ines", now=minute(30))
    actions.reopen(OTHER, who="ines", now=minute(31))
    with pytest.raises(actions.NoSuchEntryError):
        shared(32)


def test_a_story_has_it_once_also_by_way_of_a_third() -> None:
    kept = out(shared())
    with pytest.raises(actions.SharedAlreadyError) as again:
        shared()
    assert again.value.key == kept.id
    opened("quais")
    third = actions.share(OTHER, kept.id, to="quais", who="ines", now=minute(40))[0]
    assert third.shared
    assert (third.shared.story, third.shared.entry) == (SLUG, "x1")
    assert set(store.claims("quais", third.claims)) == {"killed", "copied"}
    with pytest.raises(actions.SharedAlreadyError):
        actions.share(SLUG, "x1", to="quais", who="ines", now=minute(41))


def test_newer_words_are_offered_and_taken_as_a_draft() -> None:
    kept = out(shared())
    assert store.behind(OTHER) == ()
    better = told(claims=("killed",))
    better = replace(better, texts={"en": EntryText(headline="At least three")})
    actions.correct(better, note={"en": "Two was too few."}, who="ines", now=minute(40))
    (found,) = store.behind(OTHER)
    assert (found.entry.id, found.original.version) == (kept.id, 2)
    draft = actions.take_anew(OTHER, kept.id, who="ines", now=minute(41))[0]
    assert (draft.version, draft.texts["en"].headline) == (0, "At least three")
    assert draft.claims == ("killed",)
    assert store.behind(OTHER) == ()
    public = store.published(OTHER, kept.id)
    assert public
    assert public.texts["en"].headline == "A headline"


def test_a_withdrawn_original_is_shown_until_its_copy_is_withdrawn_too() -> None:
    kept = out(shared())
    actions.retract(SLUG, "x1", note={"en": "It was wrong."}, who="ines", now=minute(40))
    assert [found.original.state for found in store.behind(OTHER)] == ["retracted"]
    with pytest.raises(actions.NoSuchEntryError):
        actions.take_anew(OTHER, kept.id, who="ines", now=minute(41))
    actions.retract(OTHER, kept.id, note={"en": "It was wrong."}, who="ines", now=minute(42))
    assert store.behind(OTHER) == ()


def test_both_stories_have_a_line_of_it() -> None:
    kept = shared()
    lines = models.Audit.objects.filter(action__in=("share", "lend")).order_by("pk")
    assert [(line.story_id, line.action, line.entry) for line in lines] == [
        (OTHER, "share", kept.id),
        (SLUG, "lend", "x1"),
    ]


@pytest.fixture
def ines() -> Iterator[Client]:
    clock.use(lambda: minute(60))
    client = Client()
    allow(SLUG, "reader")
    allow(OTHER, "editor")
    client.force_login(User.objects.get(username="paola"))
    yield client
    clock.use()


def allow(slug: str, role: Role) -> None:
    User.objects.get_or_create(username="paola")
    actions.give_role("paola", slug, role, who="", now=minute(0))


def test_an_editor_finds_takes_and_publishes_it(ines: Client) -> None:
    page = ines.get(BRING).text
    assert "Au moins deux morts" in page
    assert "Au moins" in ines.get(BRING, {"from": SLUG, "q": "morts"}).text
    assert "Au moins" not in ines.get(BRING, {"from": SLUG, "q": "tramway"}).text
    assert ines.get(BRING, {"from": SLUG, "q": '"-'}).status_code in (200, 422)
    answer = ines.post(BRING, {"from": SLUG, "entry": "x1"})
    assert answer.status_code == 302
    shown = ines.get(answer["Location"]).text
    assert "Frappes sur Trois-Ponts" in shown
    assert "au moins deux morts" in shown
    key = store.shared_into(SLUG, "x1")[0][1]
    form = {
        "entry": key, "event": "", "do": "publish", "text-en": "At least two dead",
        "claim": ["killed"], "kind": "toll", "seen": seen(key),
    }  # fmt: skip
    assert ines.post(f"/desk/{OTHER}/act", form).status_code == 302
    public = store.published(OTHER, key)
    assert public
    assert public.shared
    assert public.claims == ("killed",)


def seen(key: str) -> str:
    return composer.stamp(store.standing(OTHER, keys=[key])[0])


def test_what_changed_at_home_is_said_where_one_works(ines: Client) -> None:
    kept = out(shared())
    note = {"en": "Two was too few."}
    actions.correct(told(), note=note, who="ines", now=minute(40))
    for address in (f"/desk/{OTHER}/waiting", f"/desk/{OTHER}/?entry={kept.id}"):
        assert "corrigé" in ines.get(address).text
    shown = ines.get(f"/desk/{OTHER}/?entry={kept.id}").text
    assert "Two was too few.</textarea>" in shown
    answer = ines.post(f"/desk/{OTHER}/anew/{kept.id}")
    assert "done=take_anew" in answer["Location"]
    assert ines.post(f"/desk/{OTHER}/anew/{kept.id}")["Location"]
    assert ines.post(f"/desk/{OTHER}/anew/none").status_code == 404


def test_nothing_is_taken_from_where_one_may_not_read(ines: Client) -> None:
    actions.take_role("paola", SLUG, who="", now=minute(1))
    assert "Au moins deux morts" not in ines.get(BRING, {"from": SLUG}).text
    assert ines.post(BRING, {"from": SLUG, "entry": "x1"}).status_code == 404


def test_home_offers_the_stories_in_which_one_writes(ines: Client) -> None:
    allow(SLUG, "editor")
    shown = ines.get(f"/desk/{SLUG}/?entry=x1").text
    assert f'formaction="{BRING}"' in shown
    shared()
    shown = ines.get(f"/desk/{SLUG}/?entry=x1").text
    assert f'formaction="{BRING}"' not in shown
    assert f"/desk/{OTHER}/?entry=" in shown

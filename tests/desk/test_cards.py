"""Background cards: kept, reused, brought when they are first named, followed by what was made of them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from msgspec.structs import replace

from sourcier.desk import actions, models, store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.drafting.standing import Standing
from sourcier.publish.page import render_entry_page, render_page
from sourcier.types import Entry, EntryText, Reference
from tests.desk.conftest import SLUG, entry, versions
from tests.desk.make import START, minute
from tests.desk.samples import CAPTURES, READINGS, first

OTHER = "gares"
CARDS = "/desk/cards"
SOURCE = Reference(title="Fiche du fabricant", url="https://fabricant.example/sapsan")
FORM = {"names": "Sapsan\nСапсан", "text-fr": "Le Sapsan\n\nUn missile.", "sources": ""}


def made(*names: str, **more: Any) -> Card:
    texts = {
        "fr": EntryText(headline="Le Sapsan", body="Un missile."),
        "uk": EntryText(headline="Сапсан"),
    }
    known: dict[str, Any] = {
        "id": "",
        "version": 0,
        "names": names or ("Sapsan", "Сапсан"),
        "at": START,
    }
    return actions.add_card(
        Card(**known | {"texts": texts, "sources": (SOURCE,)} | more), who="ines", now=minute(1)
    )


def publish(
    key: str = "x1", headline: str = "Un Sapsan est tombé", now: int = 5, **more: Any
) -> Entry:
    return actions.publish(entry(key, headline, **more), who="ines", now=minute(now))[0]


def waiting(slug: str = SLUG) -> list[Standing]:
    return [one for one in store.standing(slug) if one.entry.card]


def changed(card: Card, headline: str = "Le Sapsan, de nouveau", now: int = 20) -> Card:
    texts = card.texts | {"fr": EntryText(headline=headline)}
    return actions.set_card(
        replace(card, texts=texts), seen=card.version, who="oleh", now=minute(now)
    )


def test_every_version_is_kept_and_told_in_the_audit(story: str) -> None:
    card = made()
    again = changed(card)
    assert (again.version, again.by) == (2, "oleh")
    assert changed(again) == again
    assert [one.version for one in store.card_versions(card.id)] == [2, 1]
    assert store.cards() == (again,)
    told = models.Audit.objects.filter(story=None, action__endswith="card").order_by("pk")
    assert [(one.action, one.who, one.detail["version"]) for one in told] == [
        ("add_card", "ines", 1), ("set_card", "oleh", 2),
    ]  # fmt: skip


def test_who_saw_another_version_is_told(story: str) -> None:
    card = made()
    changed(card)
    with pytest.raises(actions.CardsChangedError):
        changed(card, "Autre chose")
    with pytest.raises(actions.CardsChangedError):
        actions.retire_card(card.id, retired=True, seen=1, who="ines", now=minute(30))
    with pytest.raises(actions.NoSuchCardError):
        changed(replace(card, id="none"))


def test_the_first_entry_that_names_it_brings_a_draft_and_no_other_does(story: str) -> None:
    card = made()
    publish("x0", "Rien de cela")
    assert not waiting()
    publish()
    publish("x2", "Un autre Sapsan")
    (found,) = waiting()
    assert (found.stage, found.by, found.published) == ("draft", "", None)
    assert (found.entry.kind, found.topic) == ("background", f"card:{card.id}")
    assert found.entry.texts == {"fr": card.texts["fr"]}
    assert found.entry.card == card.ref
    told = models.Audit.objects.get(entry=found.entry.id)
    assert (told.action, told.detail["card"], told.detail["named_in"]) == ("draft", card.id, "x1")


def test_once_discarded_it_does_not_come_back(story: str) -> None:
    made()
    publish()
    actions.discard(SLUG, waiting()[0].entry.id, who="ines", now=minute(6))
    publish("x2", "Un autre Sapsan", now=7)
    assert [one.stage for one in waiting()] == ["discarded"]


def test_a_retired_card_and_one_without_common_language_are_not_brought(story: str) -> None:
    card = made()
    actions.retire_card(card.id, retired=True, seen=1, who="ines", now=minute(2))
    made("Grad", texts={"uk": EntryText(headline="Град")})
    publish(headline="Un Sapsan, un Grad")
    assert not waiting()
    with pytest.raises(actions.NoSuchCardError):
        actions.insert_card(SLUG, card.id, who="ines", now=minute(6))
    actions.retire_card(card.id, retired=False, seen=2, who="ines", now=minute(7))
    publish("x2", "Un autre Sapsan", now=8)
    assert len(waiting()) == 1


def test_a_rule_that_publishes_everything_does_not_publish_it(story: str) -> None:
    made()
    actions.start_rules(SLUG, autopublish=True, now=minute(1))
    actions.publish(entry("x1", "Un Sapsan est tombé"), who="", now=minute(2))
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    actions.intake(SLUG, first(), now=minute(3))
    assert [one.stage for one in waiting()] == ["draft"]


def test_what_an_entry_was_kept_from_is_in_its_story(story: str) -> None:
    publish("bg", "Ce qu'est un Sapsan", kind="background")
    made(story=SLUG, entry="bg")
    publish()
    assert not waiting()


def test_it_is_inserted_once_for_each_story(story: str) -> None:
    card = made()
    (kept,) = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))
    with pytest.raises(actions.CardInStoryError) as refused:
        actions.insert_card(SLUG, card.id, who="ines", now=minute(5))
    assert refused.value.key == kept.id
    publish(now=6)
    assert len(waiting()) == 1
    store.open_story(OTHER, {"uk": "Вокзали"}, zone="UTC", languages=("uk",), now=START)
    (there,) = actions.insert_card(OTHER, card.id, who="ines", now=minute(7))
    assert list(there.texts) == ["uk"]
    assert store.card_uses((card,), (SLUG, OTHER)) == {
        card.id: ((OTHER, there.id), (SLUG, kept.id))
    }
    assert store.card_uses((card,), (OTHER,)) == {card.id: ((OTHER, there.id),)}


def test_one_shared_into_another_story_is_its_card_there_too(story: str) -> None:
    card = made(texts={"en": EntryText(headline="The Sapsan")})
    kept = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))[0]
    actions.publish(kept, who="ines", now=minute(5))
    store.open_story(OTHER, {"en": "Stations"}, zone="UTC", languages=("en",), now=START)
    there = actions.share(SLUG, kept.id, to=OTHER, who="ines", now=minute(6))[0]
    with pytest.raises(actions.CardInStoryError):
        actions.insert_card(OTHER, card.id, who="ines", now=minute(7))
    assert there.card == card.ref


def test_its_newer_text_is_taken_as_a_draft(story: str) -> None:
    card = made()
    kept = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))[0]
    actions.publish(kept, who="ines", now=minute(5))
    with pytest.raises(actions.NoSuchEntryError):
        actions.take_card(SLUG, kept.id, who="ines", now=minute(6))
    again = changed(card)
    (draft,) = actions.take_card(SLUG, kept.id, who="ines", now=minute(21))
    assert (draft.state, draft.texts["fr"].headline) == ("draft", "Le Sapsan, de nouveau")
    assert draft.card == again.ref
    assert [one.version for one in versions(kept.id)] == [0, 1, 0]


def test_a_correction_of_it_is_not_of_the_card(story: str) -> None:
    kept = actions.insert_card(SLUG, made().id, who="ines", now=minute(4))[0]
    public = actions.publish(kept, who="ines", now=minute(5))[0]
    said = actions.correct(public, note={"fr": "Faux"}, who="ines", now=minute(6))
    assert [one.card is None for one in said] == [False, True]


def test_readers_are_given_its_sources(story: str) -> None:
    kept = actions.insert_card(SLUG, made().id, who="ines", now=minute(4))[0]
    actions.publish(kept, who="ines", now=minute(5))
    page = store.story(SLUG, now=minute(6))
    for html in (render_page(page, "fr").html, render_entry_page(page, kept.id, "fr").html):
        assert f'<a href="{SOURCE.url}" rel="noopener nofollow">{SOURCE.title}</a>' in html


@pytest.fixture
def told(editor: Client) -> Client:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    store.save_woven(SLUG, first(), minute(1))
    return editor


def test_the_event_pane_offers_what_its_dispatches_name(told: Client) -> None:
    word = next(word for word in CAPTURES[0].text.split() if word[0].isupper() and word.isalpha())
    card = made(word)
    page = told.get(f"/desk/{SLUG}/?event=e1&ui=fr").text
    assert f'action="/desk/{SLUG}/insert/{card.id}"' in page
    answer = told.post(f"/desk/{SLUG}/insert/{card.id}", {"event": "e1"})
    shown = told.get(answer["Location"])
    assert "Fiche insérée" in shown.text
    assert "Un missile." in shown.text
    again = told.post(f"/desk/{SLUG}/insert/{card.id}", {"event": "e1"})
    assert "done=card_already" in again["Location"]
    page = told.get(f"/desk/{SLUG}/?event=e1&entry=new").text
    assert f"/insert/{card.id}" not in page
    assert "dans ce direct" in page


def test_what_is_written_is_looked_through_too_and_readers_are_offered_nothing(
    told: Client, reader: Client
) -> None:
    card = made()
    publish("x0", "Rien", event="e1")
    actions.draft(entry("x9", "Un Sapsan"), who="ines", now=minute(4))
    assert f"/insert/{card.id}" in told.get(f"/desk/{SLUG}/?entry=x9").text
    assert f"/insert/{card.id}" not in reader.get(f"/desk/{SLUG}/?entry=x9").text


def proof(client: Client, words: str, **more: str) -> str:
    sent = {"event": "e1", "entry": "new", "kind": "text", "text-fr": words}
    return client.post(f"/desk/{SLUG}/proof", sent | more).text


def test_a_name_being_typed_offers_its_card(told: Client, reader: Client) -> None:
    card = made()
    offer = f'formaction="/desk/{SLUG}/insert/{card.id}"'
    assert offer in proof(told, "Un Sapsan")
    assert "data-offer" in proof(told, "Un Sapsan")
    assert offer not in proof(told, "Un oiseau")
    assert offer not in proof(told, "Un Sapsan", offered=f"other {card.id}")
    assert offer not in proof(reader, "Un Sapsan")
    (kept,) = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))
    assert f"entry={kept.id}#comp" in proof(told, "Un Sapsan")
    assert "data-offer" not in proof(told, "Un Sapsan", entry=kept.id)
    actions.freeze(SLUG, who="ines", now=minute(9))
    assert "data-offer" not in proof(told, "Un Sapsan")


def test_what_the_dispatches_name_is_not_offered_beside_them_again(told: Client) -> None:
    word = next(word for word in CAPTURES[0].text.split() if word[0].isupper() and word.isalpha())
    card = made(word)
    actions.draft(entry("x9", f"À {word}", event="e1"), who="ines", now=minute(4))
    page = told.get(f"/desk/{SLUG}/?event=e1&entry=x9").text
    assert page.count(f"/insert/{card.id}") == 1
    assert f'hx-vals="{{&#34;offered&#34;: &#34;{card.id}&#34;}}"' in page


def test_typing_costs_a_bounded_number_of_queries(
    told: Client, django_assert_num_queries: Any
) -> None:
    proof(told, "Un Sapsan")
    with django_assert_num_queries(14) as none:
        proof(told, "Un Sapsan")
    for name in ("Sapsan", *(f"Grad{number}" for number in range(20))):
        made(name)
    with django_assert_num_queries(len(none) + 1):
        proof(told, "Un Sapsan, un Grad0")


def test_cards_cost_a_bounded_number_of_queries(
    told: Client, django_assert_num_queries: Any
) -> None:
    told.get(f"/desk/{SLUG}/")
    actions.draft(entry("x9", "Un Sapsan, un Grad0"), who="ines", now=minute(4))
    with django_assert_num_queries(41):
        told.get(f"/desk/{SLUG}/?entry=x9")
    made()
    for number in range(20):
        made(f"Grad{number}")
    with django_assert_num_queries(42):
        told.get(f"/desk/{SLUG}/?entry=x9")


@pytest.mark.slow
def test_the_composer_tells_of_a_newer_version(editor: Client) -> None:
    card = made()
    kept = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))[0]
    address = f"/desk/{SLUG}/?entry={kept.id}&ui=fr"
    assert "nouvelle version" not in editor.get(address).text
    changed(card)
    assert "nouvelle version (2)" in editor.get(address).text
    answer = editor.post(f"/desk/{SLUG}/renew/{kept.id}")
    shown = editor.get(answer["Location"]).text
    assert "Le Sapsan, de nouveau" in shown
    assert "nouvelle version" not in shown
    assert "done=not_card" in editor.post(f"/desk/{SLUG}/renew/{kept.id}")["Location"]


def test_a_published_background_is_kept_as_a_card(editor: Client) -> None:
    publish("bg", "Ce qu'est un Sapsan", kind="background")
    page = editor.get(f"/desk/{SLUG}/?entry=bg").text
    assert f"{CARDS}?story={SLUG}&amp;entry=bg#form" in page
    form = editor.get(f"{CARDS}?story={SLUG}&entry=bg").text
    assert "Ce qu&#39;est un Sapsan" in form
    answer = editor.post(CARDS, FORM | {"story": SLUG, "entry": "bg"})
    (card,) = store.cards()
    assert answer["Location"] == f"{CARDS}/{card.id}?done=add"
    assert card.names == ("Sapsan", "Сапсан")
    assert f"{CARDS}/{card.id}" in editor.get(f"/desk/{SLUG}/?entry=bg").text
    assert "Frappes sur Trois-Ponts" in editor.get(f"{CARDS}/{card.id}?ui=fr").text
    assert editor.get(f"{CARDS}?story={OTHER}&entry=bg").status_code == 404
    assert editor.get(f"{CARDS}?story={SLUG}&entry=none").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("names", ""),
        ("names", "!"),
        ("names", "x" * 101),
        ("names", "\n".join(f"nom{n}" for n in range(31))),
        ("text-fr", ""),
        ("text-fr", "x" * 20_001),
        ("sources", "http://exemple.example/ Une page"),
        ("sources", "javascript:alert(1)"),
        ("sources", "https://[ Une page"),
        ("sources", "https://moi:secret@exemple.example/"),
    ],
)
def test_what_makes_no_card_is_said_and_kept_in_the_form(
    editor: Client, field: str, value: str
) -> None:
    answer = editor.post(CARDS, FORM | {field: value})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not store.cards()


def test_a_card_is_saved_retired_and_proposed_again(editor: Client) -> None:
    card = made()
    address = f"{CARDS}/{card.id}"
    source = "https://fabricant.example/b Notice"
    sent = FORM | {"do": "set", "seen": "1", "text-fr": "Le mien", "sources": source}
    assert "done=set" in editor.post(address, sent)["Location"]
    (now,) = store.cards()
    assert now.sources == (Reference(title="Notice", url="https://fabricant.example/b"),)
    for do, seen in (("retire", 2), ("unretire", 3)):
        assert f"done={do}" in editor.post(address, {"do": do, "seen": seen})["Location"]
    assert editor.post(address, {"do": "dance", "seen": 4}).status_code == 422
    late = editor.post(f"{address}?ui=fr", {"do": "retire", "seen": "1"})
    assert late.status_code == 409
    assert "Quelqu’un a changé cette fiche" in late.text


def sent_back(page: str) -> dict[str, str]:
    """Return the fields of the form of a card as a page has them."""
    hidden = re.findall(r'type="hidden" name="((?:base|mine|was|seen)[^"]*)" value="([^"]*)"', page)
    typed = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(value) for name, value in [*hidden[::-1], *typed]}


def test_changes_of_two_that_do_not_touch_are_put_together(editor: Client) -> None:
    card = made(texts={"fr": EntryText(headline="Le Sapsan", body="Un missile russe.")})
    names, source = ("Sapsan", "Сапсан", "Sapsane"), Reference(title="B", url="https://b.example/")
    theirs = {"fr": EntryText(headline="Le Sapsan", body="Un missile ukrainien.")}
    actions.set_card(
        replace(card, names=names, texts=theirs, sources=(SOURCE, source)),
        seen=1, who="oleh", now=minute(9),
    )  # fmt: skip
    mine = {"names": "Sapsan\nSapsan-2", "text-fr": "Que sait-on du Sapsan\n\nUn missile russe."}
    sources = f"{SOURCE.url} {SOURCE.title}"
    address = f"{CARDS}/{card.id}"
    late = editor.post(address, {"do": "set", "seen": "1", "sources": sources} | mine)
    assert late.status_code == 409
    assert "oleh" in late.text
    again = sent_back(late.text)
    assert again["text-fr"] == "Que sait-on du Sapsan\n\nUn missile ukrainien."
    assert again["names"].splitlines() == ["Sapsan", "Sapsane", "Sapsan-2"]
    assert again["sources"].splitlines() == [sources, "https://b.example/ B"]
    assert 'id="choose"' not in late.text
    assert "done=set" in editor.post(address, {"do": "set"} | again)["Location"]
    (now,) = store.cards()
    assert (now.version, now.names) == (3, ("Sapsan", "Sapsane", "Sapsan-2"))


def test_what_both_changed_in_a_card_is_chosen_without_script(editor: Client) -> None:
    card = made()
    address = f"{CARDS}/{card.id}"
    changed(card, "Le Sapsan ukrainien")
    late = editor.post(address, FORM | {"do": "set", "seen": "1", "text-fr": "Le Sapsan russe"})
    assert late.status_code == 409
    assert re.search(r'name="pick-fr-0" value="mine" checked', late.text)
    picked = sent_back(late.text) | {"pick-fr-0": "theirs"}
    chosen = editor.post(f"{address}/merge", picked)
    assert chosen.status_code == 200
    assert sent_back(chosen.text)["text-fr"] == "Le Sapsan ukrainien"
    script = editor.post(f"{address}/merge", picked, headers={"Accept": "application/json"})
    assert script.json()["texts"]["fr"] == "Le Sapsan ukrainien"
    assert script.json()["seen"] == "2"
    assert store.cards()[0].version == 2


def test_a_bad_line_in_a_form_over_an_older_version_does_not_hide_the_conflict(
    editor: Client,
) -> None:
    card = made()
    address = f"{CARDS}/{card.id}"
    changed(card, "Le Sapsan ukrainien")
    late = editor.post(address, FORM | {"do": "set", "seen": "1", "names": "!"})
    assert late.status_code == 422
    assert sent_back(late.text)["seen"] == "1"


@pytest.mark.parametrize("seen", ["", "0", "nonsense", "9" * 99])
def test_a_version_of_nonsense_leaves_all_of_a_card_to_be_chosen(editor: Client, seen: str) -> None:
    card = made()
    late = editor.post(f"{CARDS}/{card.id}", FORM | {"do": "set", "seen": seen, "names": "Autre"})
    assert late.status_code == 409
    assert sent_back(late.text)["names"].splitlines() == ["Sapsan", "Сапсан", "Autre"]


def test_the_history_of_a_card_tells_what_changed_word_by_word(
    editor: Client, reader: Client
) -> None:
    card = made()
    again = actions.set_card(
        replace(card, names=(*card.names, "Sapsan-2"), sources=()),
        seen=1, who="oleh", now=minute(9),
    )  # fmt: skip
    actions.retire_card(card.id, retired=True, seen=2, who="ines", now=minute(10))
    more = {"fr": EntryText(headline="Le grand Sapsan", body="Un missile.")}
    wanted = replace(again, texts=again.texts | more)
    actions.set_card(wanted, seen=3, who="oleh", now=minute(11))
    page = editor.get(f"{CARDS}/{card.id}?ui=fr").text
    past = page.partition('<ol class="past">')[2]
    assert [f"Version {n}" in past for n in (4, 3, 2, 1)] == [True] * 4
    assert re.search(r"<ins>[^/]*/span>grand\s*</ins>", past), past
    assert re.search(r"<ins>[^/]*/span>\s*Sapsan-2\s*</ins>", past)
    assert re.search(r"<del>[^<]*<span[^>]*>[^<]*</span>[^<]*Fiche du fabricant\s*</del>", past)
    assert "Fiche retirée" in past
    whole = reader.get(f"{CARDS}/{card.id}?ui=fr").text.partition('<ol class="past">')[0]
    assert "Le grand Sapsan" in whole
    assert "<textarea" not in whole


def test_a_long_history_tells_the_last_versions(editor: Client) -> None:
    card = made()
    for number in range(store.KEPT_VERSIONS + 3):
        card = changed(card, f"Le Sapsan {number}", now=20 + number)
    page = editor.get(f"{CARDS}/{card.id}").text
    assert page.partition('<ol class="past">')[2].count("<li>") == store.KEPT_VERSIONS


def test_a_card_in_a_story_that_one_may_not_see_is_not_told(story: str) -> None:
    card = made()
    actions.insert_card(SLUG, card.id, who="ines", now=minute(4))
    store.open_story(OTHER, {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    user = User.objects.create(username="lea")
    store.set_role("lea", OTHER, "reader")
    client = Client()
    client.force_login(user)
    for address in (CARDS, f"{CARDS}/{card.id}"):
        page = client.get(address).text
        assert SLUG not in page
        assert "Sapsan" in page


def test_a_frozen_story_takes_no_card(told: Client) -> None:
    card = made()
    publish("x9", "Rien")
    actions.freeze(SLUG, who="ines", now=minute(9))
    assert "/insert/" not in told.get(f"/desk/{SLUG}/?event=e1").text
    assert told.post(f"/desk/{SLUG}/insert/{card.id}").status_code == 409


def test_a_card_that_changed_waits_until_its_text_is_taken_anew(editor: Client, story: str) -> None:
    card = made()
    kept = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))[0]
    assert store.outdated(SLUG) == ()
    again = changed(card)
    assert [(one.entry.id, one.card) for one in store.outdated(SLUG)] == [(kept.id, again)]
    page = editor.get(f"/desk/{SLUG}/waiting?ui=fr").text
    assert "Fiches qui ont changé" in page
    assert "originaux ou fiches changés : 1" in page.replace("\u00a0", " ")
    action = re.search(r'action="([^"]+/renew/[^"]+|[^"]+renew[^"]*)"', page)
    assert action
    assert "done=take_card" in editor.post(action[1])["Location"]
    assert store.outdated(SLUG) == ()


def test_given_up_retracted_or_of_a_retired_card_nothing_waits(story: str) -> None:
    one, other = made(), made("Oural", names=("Oural",))
    gone = actions.insert_card(SLUG, one.id, who="ines", now=minute(4))[0]
    actions.insert_card(SLUG, other.id, who="ines", now=minute(5))
    changed(one)
    actions.discard(SLUG, gone.id, who="ines", now=minute(21))
    again = changed(other)
    assert len(store.outdated(SLUG)) == 1
    actions.retire_card(other.id, retired=True, seen=again.version, who="ines", now=minute(23))
    assert store.outdated(SLUG) == ()

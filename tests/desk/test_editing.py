from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from msgspec.structs import replace

from sourcier import types
from sourcier.desk import actions, clock, models, store
from sourcier.types import Entry
from tests.desk.conftest import SLUG, entry, versions
from tests.desk.make import batch, capture, change, event, minute, occurrence, place, reading
from tests.desk.samples import CAPTURES, READINGS, first, second

DESK = f"/desk/{SLUG}/"


@pytest.fixture
def filled(story: str) -> str:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    for at, woven in ((1, first()), (10, second())):
        store.save_woven(SLUG, woven, minute(at))
        actions.intake(SLUG, woven, now=minute(at))
    return story


def draft() -> Entry:
    return next(s.entry for s in store.standing(SLUG) if s.entry.kind == "toll")


def form(client: Client, address: str) -> dict[str, Any]:
    """Return what the composer's form holds, as a browser without script would send it."""
    page = client.get(address).text
    hidden = dict(
        re.findall(r'<input type="hidden" name="(event|entry|seen)" value="([^"]*)"', page)
    )
    claims = re.findall(r'name="claim" value="([^"]+)"[^>]* checked', page)
    texts = dict(re.findall(r'<textarea id="(text-[a-z]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    return {**hidden, **texts, "claim": claims, "kind": "toll"}


def send(client: Client, do: str, address: str, **more: Any) -> Any:
    return client.post(f"{DESK}act", {**form(client, address), **more, "do": do})


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/desk/", DESK, f"{DESK}?event=e1", f"{DESK}wall"])
def test_nobody_enters_without_a_login(client: Client, filled: str, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/account/login/?next=/desk/")


@pytest.mark.parametrize("name", ["act", "proof"])
def test_nobody_writes_without_a_login(client: Client, filled: str, name: str) -> None:
    answer = client.post(f"{DESK}{name}", {"do": "publish", "text-fr": "Faux", "entry": "new"})
    assert answer["Location"].startswith("/desk/account/login/")
    assert not models.EntryVersion.objects.filter(version__gt=0)


def test_signing_in_needs_the_password_and_the_token(story: str) -> None:
    store.save_user("ines", "un mot de passe", "editor")
    client = Client(enforce_csrf_checks=True)
    page = client.get("/desk/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    sent = {"login": "ines", "password": "un mot de passe"}
    assert client.post("/desk/account/login/", sent).status_code == 403
    sent["csrfmiddlewaretoken"] = token[1]
    wrong = client.post("/desk/account/login/", sent | {"password": "faux"})
    assert 'role="alert"' in wrong.text
    assert client.post("/desk/account/login/", sent)["Location"] == "/desk/"
    assert client.get("/desk/")["Location"] == DESK
    cookie = client.cookies["sessionid"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Lax")


def test_every_form_needs_its_token(filled: str) -> None:
    store.save_user("ines", "un mot de passe", "editor")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="ines"))
    sent = {"do": "publish", "text-fr": "Faux", "entry": "new"}
    assert client.post(f"{DESK}act", sent).status_code == 403
    assert client.post(f"{DESK}proof", sent).status_code == 403
    assert client.post("/desk/account/logout/").status_code == 403


@pytest.mark.slow
def test_the_wall_says_what_is_new_who_says_it_and_from_how_many_origins(
    editor: Client, filled: str
) -> None:
    page = editor.get(DESK, headers={"Accept-Language": "fr"}).text
    assert "Frappe à Trois-Ponts" in page
    assert "Contradiction" in page
    assert "3 médias, 2 origines" in page.replace("\u00a0", " ")
    assert "У місті прогриміли вибухи" in page


def test_the_event_shows_sources_with_numbered_claims_and_what_copies_lost(
    editor: Client, filled: str
) -> None:
    page = editor.get(f"{DESK}?event=e1", headers={"Accept-Language": "fr"}).text
    plain = page.replace("\u00a0", " ").replace("\u202f", " ")
    assert re.search(r"<mark[^>]*><b>2</b>au moins deux morts</mark>", page)
    assert "Le Lavoir, reprise abrégée, 90 %" in plain
    assert "Réserves perdues en route : <q>« au moins »</q>" in plain
    assert "10 ou 12 blessés, depuis 06:10" in plain
    assert '<blockquote lang="uk">' in page


def test_the_composer_is_filled_with_the_proposal(editor: Client, filled: str) -> None:
    sent = form(editor, f"{DESK}?event=e1&entry={draft().id}")
    assert sent["text-fr"].startswith("Au moins deux morts et 10 ou 12 blessés")
    assert sent["text-en"].startswith("At least two killed")
    assert set(sent["claim"]) == {"killed", "injured", "twelve", "strike"}


@pytest.mark.slow
def test_publishing_a_proposal_without_script(editor: Client, filled: str) -> None:
    made = draft()
    answer = send(
        editor, "publish", f"{DESK}?entry={made.id}", **{"text-fr": "Bilan\r\n\r\nDix blessés."}
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith("done=publish#comp")
    public = store.published(SLUG, made.id)
    assert public
    assert (public.texts["fr"].headline, public.texts["fr"].body) == ("Bilan", "Dix blessés.")
    assert public.event == "e1"
    assert len(public.origins.origins) == 2
    assert "Bilan" in editor.get("/").text


@pytest.mark.slow
def test_correcting_needs_its_reason(editor: Client, filled: str) -> None:
    made = draft()
    send(editor, "publish", f"{DESK}?entry={made.id}")
    refused = send(editor, "correct", f"{DESK}?entry={made.id}", **{"text-fr": "Autre texte"})
    assert refused.status_code == 422
    assert "Autre texte" in refused.text
    done = send(
        editor, "correct", f"{DESK}?entry={made.id}", **{"text-fr": "Autre", "note-fr": "Faux."}
    )
    assert done.status_code == 302
    assert [v.state for v in versions(made.id) if v.version] == [
        "published",
        "corrected",
    ]


@pytest.mark.slow
def test_retracting_withdraws_the_entry_and_says_why(editor: Client, filled: str) -> None:
    made = draft()
    send(editor, "publish", f"{DESK}?entry={made.id}")
    assert send(editor, "retract", f"{DESK}?entry={made.id}").status_code == 422
    assert (
        send(editor, "retract", f"{DESK}?entry={made.id}", **{"note-fr": "Faux."}).status_code
        == 302
    )
    public = store.published(SLUG, made.id)
    assert public
    assert (public.state, public.note) == ("retracted", {"fr": "Faux."})
    page = editor.get(f"{DESK}?entry={made.id}").text
    assert 'value="publish"' not in page


@pytest.mark.slow
def test_pinning_and_unpinning(editor: Client, filled: str) -> None:
    made = draft()
    send(editor, "publish", f"{DESK}?entry={made.id}")
    send(editor, "pin", f"{DESK}?entry={made.id}")
    assert store.story(SLUG, now=minute(99)).entries[0].pinned
    send(editor, "unpin", f"{DESK}?entry={made.id}")
    assert not store.story(SLUG, now=minute(99)).entries[0].pinned


def test_a_new_entry_binds_the_claims_that_were_ticked(editor: Client, filled: str) -> None:
    sent = {"text-fr": "Dix blessés", "claim": ["injured", "unknown"]}
    answer = send(editor, "publish", f"{DESK}?event=e1&entry=new", **sent)
    key = re.search(r"entry=(\w+)", answer["Location"])
    assert key
    public = store.published(SLUG, key[1])
    assert public
    assert (public.claims, public.event, public.kind) == (("injured",), "e1", "toll")


def test_warnings_are_shown_and_go_into_the_audit(editor: Client, filled: str) -> None:
    sent = {"text-fr": "Trente morts, dit « un inconnu », 30 blessés", "claim": ["killed"]}
    proof = editor.post(f"{DESK}proof", {**sent, "event": "e1", "entry": "new", "kind": "toll"})
    assert proof.text.count('class="unb"') == 3
    assert proof.text.count('class="warn"') == 3
    send(editor, "publish", f"{DESK}?event=e1&entry=new", **sent)
    detail = models.Audit.objects.filter(action="publish").latest("pk").detail
    assert detail["warnings"][:3] == ["Trente", "« un inconnu »", "30"]


@pytest.mark.slow
def test_what_someone_else_changed_is_not_written_over_unseen(editor: Client, filled: str) -> None:
    made = draft()
    mine = form(editor, f"{DESK}?entry={made.id}")
    send(editor, "publish", f"{DESK}?entry={made.id}", **{"text-fr": "Le texte d'un autre"})
    late = editor.post(f"{DESK}act", {**mine, "text-fr": "Le mien", "do": "publish"})
    assert late.status_code == 409
    assert "Le mien" in late.text
    public = store.published(SLUG, made.id)
    assert public
    assert public.texts["fr"].headline == "Le texte d'un autre"
    seen = re.search(r'name="seen" value="([^"]*)"', late.text)
    assert seen
    again = editor.post(
        f"{DESK}act", {**mine, "seen": seen[1], "text-fr": "Le mien", "do": "publish"}
    )
    assert again.status_code == 302


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        {"do": "publish", "text-fr": "   ", "text-en": ""},
        {"do": "publish", "text-fr": "x" * 20_001},
        {"do": "publish", "text-fr": "Bon", "kind": "nonsense"},
        {"do": "explode", "text-fr": "Bon"},
        {"text-fr": "Bon"},
        {"do": "correct", "text-fr": "Bon", "note-fr": "Jamais publiée"},
        {"do": "retract", "note-fr": "Jamais publiée"},
    ],
)
def test_bad_forms_are_refused_with_a_word(
    editor: Client, story: str, sent: dict[str, str]
) -> None:
    answer = editor.post(f"{DESK}act", {"entry": "new", "event": "", **sent})
    assert answer.status_code in (409, 422)
    assert 'role="alert"' in answer.text
    assert not models.EntryVersion.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("query", ["?event=nobody", "?entry=nobody", "?event=e1&entry=nobody"])
def test_unknown_events_and_entries_are_not_found(editor: Client, filled: str, query: str) -> None:
    assert editor.get(f"{DESK}{query}").status_code == 404
    assert editor.get("/desk/nulle-part/").status_code == 404


def test_a_reader_of_the_desk_sees_and_does_not_publish(reader: Client, filled: str) -> None:
    page = reader.get(f"{DESK}?event=e1")
    assert page.status_code == 200
    assert "Frappe" in page.text
    assert 'form="f"' not in page.text
    assert re.findall(r'<form method="post" action="([^"]*)"', page.text) == [
        "/desk/account/logout/"
    ]
    assert not re.findall(
        r"<textarea|<input|<select", page.text.split("<dialog")[0].split('id="ev"')[1]
    )
    sent = {"do": "publish", "text-fr": "Faux", "entry": "new", "event": ""}
    assert reader.post(f"{DESK}act", sent).status_code == 403


@pytest.mark.slow
def test_the_interface_speaks_french_and_english(editor: Client, filled: str) -> None:
    assert "What moves" in editor.get(DESK, headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert "Ce qui bouge" in editor.get(f"{DESK}?ui=fr").text
    assert "Ce qui bouge" in editor.get(DESK, headers={"Accept-Language": "en"}).text
    assert "What moves" in editor.get(f"{DESK}?ui=en").text


def test_the_wall_comes_alone_for_its_refresh(editor: Client, filled: str) -> None:
    wall = editor.get(f"{DESK}wall?event=e1")
    assert "<html" not in wall.text
    assert 'aria-current="true"' in wall.text


def test_hostile_sources_are_shown_not_run(editor: Client, story: str) -> None:
    text = "<img src=x onerror=alert(1)> \"'&</blockquote><script>boum</script>"
    source = capture("h", text, publisher="<b>Journal</b>")
    claim = occurrence(source, "h1", text, "<i>strike", place=place("<u>Lieu", "<u>Lieu"))
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, claim)])
    told = event(claim, type="<i>strike", place=place("<u>Lieu", "<u>Lieu"))
    woven = batch(change("occurrence_added", claim), events=[told])
    store.save_woven(SLUG, woven, minute(1))
    actions.intake(SLUG, woven, now=minute(1))
    page = editor.get(f"{DESK}?event=e1").text
    for tag in ("<img", "<script>boum", "<b>Journal", "<u>Lieu", "<i>strike"):
        assert tag not in page
    assert "&lt;img src=x" in page


def test_no_page_of_the_desk_has_inline_script_or_style(editor: Client, filled: str) -> None:
    for client, address in ((Client(), "/desk/account/login/"), (editor, f"{DESK}?event=e1")):
        page = client.get(address)
        inline = r"<script(?![^>]*( src=| type=.application/json))|<style|\sstyle=|\son[a-z]+="
        assert not re.search(inline, page.text)
        assert "script-src 'self'" in page["Content-Security-Policy"]


def test_assets_are_kept_for_good_under_their_own_address(editor: Client, filled: str) -> None:
    page = editor.get(DESK).text
    found = re.findall(r'(?:src|href)="(/desk/assets/[^"]+)"', page)
    assert len(found) == 3
    for address in found:
        asset = Client().get(address)
        assert asset.status_code == 200
        assert "immutable" in asset["Cache-Control"]
    assert Client().get("/desk/assets/000000000000/desk.css").status_code == 404
    assert Client().get("/desk/assets/000000000000/settings.py").status_code == 404


@pytest.mark.slow
def test_the_desks_queries_do_not_grow(
    editor: Client, filled: str, django_assert_num_queries: Any
) -> None:
    editor.get(DESK)  # keeps, now and then, when the session was last seen
    for _ in range(2):
        with django_assert_num_queries(38):
            editor.get(f"{DESK}?event=e1")
        for number in range(20):
            extra = entry(f"y{number}{_}", f"Titre {number}", event="e1")
            actions.publish(extra, who="ines", now=minute(20))


def test_the_wall_names_the_sources_that_need_a_look(editor: Client, filled: str) -> None:
    def say(state: types.HealthState, number: int) -> None:
        health = types.SourceHealth(
            source="fanal", publisher="Le Fanal <b>", state=state, message="HTTP status 404"
        )
        store.save_health(health, minute(number))

    address = f"{DESK}wall"
    say("ok", 0)
    assert "Le Fanal" not in editor.get(address).text
    say("dead", 1)
    say("dead", 2)
    shown = editor.get(address).text
    assert shown.count("Le Fanal &lt;b&gt;") == 1
    assert "HTTP status 404" in shown
    assert "health.dead" not in shown
    say("ok", 3)
    assert "Le Fanal" not in editor.get(address).text


def test_the_wall_tells_what_is_known_of_a_source_in_trouble(editor: Client, filled: str) -> None:
    health = types.SourceHealth(
        source="fanal", publisher="Le Fanal", state="dead", message="HTTP status 404", failures=3,
        answered=minute(1), newest=minute(0), usual=5400.0, gaps=("a/1-a/3", "a/7"), lost=2,
    )  # fmt: skip
    store.save_health(health, minute(2))
    shown = editor.get(f"{DESK}wall?l=fr").text
    told = (
        "HTTP status 404", "3 échecs de suite", "06:01", "06:00", "1 h 30", "a/1-a/3, a/7",
        "2 dépêches perdues",
    )  # fmt: skip
    for words in told:
        assert words in shown.replace("\u00a0", " "), words


def _meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen while the next form waits for its turn at the story."""
    queue_up, waiting = store.queue_up, [happens]

    def turn(slug: str) -> bool:
        if waiting:
            waiting.pop()()
        return queue_up(slug)

    monkeypatch.setattr(store, "queue_up", turn)


@pytest.mark.slow
def test_of_two_forms_sent_in_one_instant_the_second_meets_the_first(
    editor: Client, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = draft().id
    sent = form(editor, f"{DESK}?entry={key}") | {"do": "publish"}
    _meanwhile(
        monkeypatch,
        lambda: actions.publish(replace(draft(), pinned=True), who="oleh", now=minute(20)),
    )
    assert editor.post(f"{DESK}act", sent).status_code == 409
    assert not models.Audit.objects.filter(action="publish", who="ines")


def test_an_entry_taken_over_in_the_same_instant_is_locked(
    editor: Client, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save_user("oleh", "un mot de passe", "editor")
    other, key = store.user("oleh"), draft().id
    assert other
    sent = form(editor, f"{DESK}?entry={key}") | {"do": "publish"}
    _meanwhile(
        monkeypatch,
        lambda: actions.take_over(SLUG, other, key, now=clock.real(), at=minute(20)),
    )
    assert editor.post(f"{DESK}act", sent).status_code == 422
    assert not any(version.version for version in versions(key))


def test_who_may_only_read_is_shown_no_keys_for_writing(
    editor: Client, reader: Client, filled: str
) -> None:
    for client, shown in ((editor, True), (reader, False)):
        page = client.get(f"{DESK}?event=e1").text
        keys = re.findall(r"<kbd>(.*?)</kbd>", page.partition("<footer>")[2])
        assert ("Ctrl ⏎" in keys, "e" in keys, "x" in keys, "p" in keys) == (shown,) * 4
        assert {"j", "k", "/", "?"} <= set(keys)


@pytest.mark.slow
def test_others_are_called_by_their_full_names(editor: Client, filled: str) -> None:
    store.save_user("oleh", "un mot de passe", "editor")
    User.objects.filter(username="oleh").update(first_name="Oleh", last_name="Bondar")
    key = draft().id
    old = form(editor, f"{DESK}?entry={key}")
    actions.draft(replace(draft(), pinned=True), who="oleh", now=minute(20))
    here = {"tab": "0123456789", "entry": key, "seen": old["seen"]}
    assert "Oleh Bondar" in editor.post(f"{DESK}here", here).json()["newer"]
    assert "Oleh Bondar" in editor.post(f"{DESK}act", old | {"do": "publish"}).text
    for page in (f"history/{key}", "waiting"):
        assert "Oleh Bondar" in editor.get(f"{DESK}{page}").text
    assert store.names(["oleh", "ines", "", "gone"]) == {
        "oleh": "Oleh Bondar", "ines": "ines", "": "", "gone": "gone",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("code", ["zz", "../fr", "", "desk"])
@pytest.mark.parametrize("where", ["proof", "rewrite", "act"])
def test_a_text_in_a_language_that_there_is_not_is_passed_over(
    editor: Client, filled: str, where: str, code: str
) -> None:
    sent = {
        "event": "e1",
        "entry": "new",
        "do": "draft",
        "text-fr": "Une frappe",
        f"text-{code}": "x",
    }
    assert editor.post(f"{DESK}{where}", sent).status_code in (200, 302)
    assert not models.EntryVersion.objects.filter(record__texts__has_key=code or " ").exists()

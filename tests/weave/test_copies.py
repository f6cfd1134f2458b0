from __future__ import annotations

from sourcier.types import Capture, Copy, Credit
from sourcier.weave import weave
from sourcier.weave.boilerplate import Boilerplate
from sourcier.weave.passages import passages

from .samples import NIGHT, OKHTYRKA, Told, by, capture, kinds, told, woven

WIRE = (
    "A freight depot on the northern edge of Okhtyrka burned through the night after a drone came "
    "down on its roof, the district council said. At least two night watchmen were killed and a "
    "dozen lorries destroyed. Crews from three towns fought the flames until sunrise, and the road "
    "to the railway bridge stayed closed. The council expects to reopen it by the weekend."
)
BOILERPLATE = "Sign up for our morning letter and never miss what moves the harbour and the coast."


def copies(*captures: Capture) -> dict[str, Copy]:
    return dict(weave(captures, []).known.copies)


def test_a_verbatim_copy_descends_from_the_earlier_text() -> None:
    found = copies(
        capture("copy", WIRE, "09:00", publisher="Coast Daily"), capture("wire", WIRE, "08:00")
    )
    assert list(found) == ["copy"]
    assert (found["copy"].kind, found["copy"].origin, found["copy"].share) == (
        "verbatim",
        "wire",
        1.0,
    )
    evidence = found["copy"].why[0]
    assert (evidence.rule, evidence.capture, evidence.span) == (
        "shared_passages",
        "copy",
        (0, len(WIRE) - 1),
    )


def test_a_cut_copy_and_a_longer_article_around_the_wire_are_told_apart() -> None:
    cut = WIRE[: WIRE.index(" Crews")]
    around = (
        "Our correspondent drove in at dawn and found the square covered in soot and broken glass. "
        + WIRE
        + " Shopkeepers swept the pavement while children walked to a school whose windows held."
    )
    found = copies(
        capture("wire", WIRE),
        capture("cut", cut, "08:30", publisher="Coast Daily"),
        capture("around", around, "09:30", publisher="The Quay Review"),
    )
    assert found["cut"].kind == "cut"
    assert found["around"].kind == "contains"
    assert found["around"].origin == "wire"
    assert 0.4 < found["around"].share < 0.9


def test_a_rewrite_is_found_by_what_it_kept() -> None:
    text = (
        "The council of the district spoke of at least two night watchmen killed. A freight depot on "
        "the northern edge of Okhtyrka had burned for hours. It took crews from three towns to put "
        "the blaze out, officials said, while traffic was sent around the centre."
    )
    found = copies(
        capture("wire", WIRE), capture("rewrite", text, "09:00", publisher="Coast Daily")
    )
    assert found["rewrite"].kind == "rewrite"
    assert found["rewrite"].origin == "wire"


def test_two_outlets_that_quote_the_same_words_are_no_copies() -> None:
    quotation = (
        "“We have two dead, the depot is lost and I ask everybody to stay off the bridge road”"
    )
    one = f"Okhtyrka's mayor spoke to residents at dawn. {quotation}, he wrote to them."
    two = f"Nobody slept in the north of the town, where a fire raged. {quotation}, its mayor told us."
    found = copies(capture("one", one), capture("two", two, "08:10", publisher="Coast Daily"))
    assert found == {}


def test_the_agency_is_the_origin_although_its_client_was_a_little_faster() -> None:
    found = copies(
        capture("client", WIRE, "08:00", publisher="Coast Daily"),
        capture("agency", WIRE, "08:05", publisher="Perch Agency", role="agency"),
    )
    assert found["client"].origin == "agency"
    assert found["client"].why[1].rule == "agency_first"


def test_a_credit_turns_the_order_of_time_round() -> None:
    credit = Credit(kind="source", name="Coast Daily")
    found = copies(
        capture("first", WIRE, "08:00", credits=(credit,)),
        capture("second", WIRE, "10:00", publisher="Coast Daily"),
    )
    assert found["first"].origin == "second"
    assert "credit_line" in {evidence.rule for evidence in found["first"].why}


def test_a_credit_alone_names_an_origin_that_was_never_captured() -> None:
    credit = Credit(kind="agency", name="Perch Agency")
    found = copies(capture("one", WIRE, credits=(credit,)))
    assert (found["one"].kind, found["one"].origin, found["one"].origin_name) == (
        "credit",
        None,
        "Perch Agency",
    )


def test_a_forward_is_one_where_its_header_says_so() -> None:
    credit = Credit(kind="forward", name="Harbour Wire")
    found = copies(
        capture("wire", WIRE),
        capture("post", WIRE, "08:20", publisher="Night Notes", credits=(credit,)),
    )
    assert found["post"].kind == "forward"


def test_an_outlet_is_no_copy_of_itself() -> None:
    assert copies(capture("one", WIRE), capture("two", WIRE + " More to follow.", "09:00")) == {}


def test_what_a_publisher_repeats_over_unlike_texts_makes_no_copy() -> None:
    texts = (
        "Ferries between the islands will run hourly from Monday, the port office has announced.",
        "The old lighthouse gets a new lamp after forty years, paid for by a local foundation.",
        "Rain is expected along the whole coast tomorrow with gusts in the late afternoon.",
        "A chess tournament for schools opens on Friday in the hall of the maritime museum.",
        "Fishermen report the best herring season in ten years and full nets at every pier.",
    )
    repeated = [
        capture(f"d{n}", f"{text} {BOILERPLATE}", f"0{n}:00", publisher="Coast Daily")
        for n, text in enumerate(texts)
    ]
    repeated.append(capture("empty", "", "08:00", publisher="Coast Daily"))
    other = capture(
        "other", f"A thief returned a stolen oar. {BOILERPLATE}", "09:00", publisher="Quay Review"
    )
    assert copies(*repeated, other) == {}
    assert copies(*reversed([*repeated, other])) == {}


def test_a_repeated_phrase_is_compared_where_a_repeated_passage_is_not() -> None:
    found = passages(WIRE)
    prints = [value for value in found.hashes if value in found.prints]
    boilerplate = Boilerplate()
    boilerplate.learn("Perch Wire", prints[2])
    assert boilerplate.own("Perch Wire", found) == found.own
    for value in prints[3:8]:
        boilerplate.learn("Perch Wire", value)
    assert boilerplate.own("Perch Wire", found) < found.own


def translated(name: str, text: str, language: str, clock: str, outlet: str) -> Told:
    source = capture(name, text, clock, language=language, publisher=outlet)
    numbers = [word for word in text.replace(",", " ").replace(".", " ").split() if word.isdigit()]
    speaker = by("Марко Лелет" if language == "uk" else "Marko Lelet", "mayor")
    common = {"time": NIGHT, "place": OKHTYRKA, "attribution": speaker}
    made = told(source).occurrence(text.split(",")[0], "drone_attack", **common)
    for outcome, number in zip(
        ("killed", "injured", "evacuated", "missing"), numbers, strict=False
    ):
        made.toll(number, outcome, int(number), **common)
    return made


def test_a_translation_is_found_by_its_facts() -> None:
    one = translated(
        "uk",
        "Удар дрона по депо, загинуло 3, поранено 17, вивезено 240, зникло 2.",
        "uk",
        "08:00",
        "Плавні",
    )
    two = translated(
        "en",
        "Drone hits a depot, killing 3, wounding 17, 240 led away, 2 missing.",
        "en",
        "08:40",
        "Coast Daily",
    )
    other = translated(
        "fr",
        "Un drone touche un dépôt, faisant 4 tués, 19 blessés, 90 évacués.",
        "fr",
        "09:00",
        "Le Môle",
    )
    result = woven(one, two, other)
    found = result.known.copies
    assert set(found) == {"en"}
    assert (found["en"].kind, found["en"].origin) == ("translation", "uk")
    assert found["en"].why[0].rule == "shared_facts"


def test_a_copy_says_what_it_lost() -> None:
    wire, copy = capture("wire", WIRE), WIRE.replace("At least two", "Two")
    loose = capture("copy", copy, "08:30", publisher="Coast Daily")
    council = by(None, None, organisation="district council")
    common = {"time": NIGHT, "place": OKHTYRKA}
    result = woven(
        told(wire).toll(
            "At least two night watchmen",
            "killed",
            2,
            qualifier="at_least",
            attribution=council,
            **common,
        ),
        told(loose).toll("Two night watchmen", "killed", 2, attribution=council, **common),
    )
    assert result.known.copies["copy"].lost == ("At least",)
    change = next(change for change in result.changes if change.kind == "copy_found")
    assert change.capture == "copy"
    assert change.data["lost"] == ["At least"]
    (ledger,) = next(iter(result.known.events())).ledgers
    assert (ledger.low, ledger.high, ledger.qualifier) == (2, None, "at_least")
    assert [line.state for line in ledger.lines] == ["current", "copy"]
    assert ledger.lines[1].lost == ("At least",)


def test_a_copy_never_confirms() -> None:
    wire = capture("wire", WIRE)
    outlets = [capture(f"copy{n}", WIRE, f"09:{n:02}", publisher=f"Outlet {n}x") for n in range(20)]
    makers = [
        told(source).toll(
            "At least two", "killed", 2, qualifier="at_least", place=OKHTYRKA, time=NIGHT
        )
        for source in (wire, *outlets)
    ]
    result = woven(*makers)
    event = next(iter(result.known.events()))
    assert (event.origins.outlets, event.origins.dispatches, len(event.origins.origins)) == (
        21,
        21,
        1,
    )
    assert event.origins.origins[0].name == "Harbour Wire"
    assert event.origins.origins[0].captured
    assert "claim_corroborated" not in kinds(result)


LATE = "Fire crews at Okhtyrka are said to have lost two of their own in a depot by the railway."


def test_a_text_that_carries_the_id_of_a_capture_is_its_copy_whatever_its_words() -> None:
    wire = capture("ab12cd34" + "0" * 56, WIRE)
    credit = (
        "Harbour Wire (capture ab12\u00a0cd34), read on Sourcier: https://direct.example/s/e/x1"
    )
    found = copies(wire, capture("back", f"{LATE} {credit}", "09:00", publisher="Coast Daily"))
    copy = found["back"]
    assert (copy.kind, copy.origin) == ("credit", wire.id)
    (why,) = copy.why
    assert why.rule == "names_capture" and why.span is not None
    assert f"{LATE} {credit}"[slice(*why.span)] == "ab12\u00a0cd34"


def test_a_copy_that_comes_before_its_origin_is_known_waits_for_it() -> None:
    wire = capture("ab12cd34" + "0" * 56, WIRE)
    back = capture("back", f"{LATE} (capture ab12cd34)", "09:00", publisher="Coast Daily")
    first = weave([back], [])
    assert dict(first.known.copies) == {}
    assert dict(weave([wire], [], first.known).known.copies)["back"].origin == wire.id


def test_a_page_that_declares_the_capture_is_its_copy() -> None:
    wire = capture("20241122" + "0" * 56, WIRE)
    declared = Credit(kind="source", name="Sourcier", url=f"sha256:{wire.id}")
    text = f"{LATE} Read on Sourcier."
    back = capture("back", text, "09:00", publisher="Coast Daily", credits=(declared,))
    (why,) = copies(wire, back)["back"].why
    assert why.span is not None and text[slice(*why.span)] == "Sourcier"


def test_a_number_is_no_capture() -> None:
    wire = capture("20241122" + "0" * 56, WIRE)
    dated = capture("back", f"{LATE} Filed under 20241122 and ffffffff.", publisher="Coast Daily")
    assert copies(wire, dated) == {}
    credited = capture("cred", f"{LATE} (capture 20241122)", "09:00", publisher="Coast Daily")
    assert copies(wire, credited)["cred"].origin == wire.id


def test_what_took_our_words_never_confirms() -> None:
    wire = capture("ab12cd34" + "0" * 56, WIRE)
    text = "Two night watchmen were killed in Okhtyrka. Harbour Wire (capture ab12cd34)."
    back = capture("back", text, "09:00", publisher="Coast Daily")
    common = {"place": OKHTYRKA, "time": NIGHT}
    result = woven(
        told(wire).toll("At least two", "killed", 2, qualifier="at_least", **common),
        told(back).toll("Two night watchmen", "killed", 2, **common),
    )
    (event,) = result.known.events()
    assert [origin.name for origin in event.origins.origins] == ["Harbour Wire"]
    assert "claim_corroborated" not in kinds(result)

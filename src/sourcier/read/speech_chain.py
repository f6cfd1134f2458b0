"""The chain of an act: from the last relay to the origin."""

from __future__ import annotations

from sourcier.read.people_outlets import outlet_medium
from sourcier.read.speech_acts import Act
from sourcier.read.speech_units import Scene
from sourcier.read.speech_verbs import QUOTED
from sourcier.read.speech_voices import Link, Voices
from sourcier.types import Medium, Span


def chain_of(scene: Scene, voices: Voices, act: Act) -> list[Link]:
    """Return the voices of an act, the last relay first; empty where it is nobody's.

    What an outlet was told it relays, save for the document's own publisher: to that one it was
    said in an interview. Who else was told, or a place, is no outlet.
    """
    to = act.subject.met.to
    medium: Medium | None = act.subject.met.medium or _told_in(scene, to)
    link = _link(scene, voices, act, medium)
    if link is None:
        return []
    chain = [link]
    for relay in act.relays:
        if relay.first and relay.outlet:
            other = voices.outlet(relay.phrase, None)
        else:
            other = voices.named(relay.phrase, None, oblique=not relay.first)
        if other is not None:
            chain = [other, *chain] if relay.first else [*chain, other]
    if to is not None and medium is None:
        chain = _told(scene, voices, to, chain)
    for teller in chain[:-1]:
        voices.put_last(teller.voice)
    return chain


def _link(scene: Scene, voices: Voices, act: Act, medium: Medium | None) -> Link | None:
    phrase, oblique = act.subject.phrase, act.subject.oblique
    if phrase is None:
        return voices.again(act.subject.pronoun, medium)
    return voices.phrase(phrase, medium, oblique=oblique, sure=_is_sure(scene, act))


def _is_sure(scene: Scene, act: Act) -> bool:
    """Tell whether a verb is such that its subject can only be somebody who speaks.

    "Said" always is; "added" with a quotation, a "that" or the words before it, as things are added.
    """
    phrase = act.subject.phrase
    between = scene.masked[phrase[1] : act.cue.start].strip() if phrase else ""
    if between and not scene.asides_in(phrase[1] if phrase else 0, act.cue.start):
        return False
    word = scene.masked[act.cue.start : act.cue.end].rpartition(" ")[2]
    speech = scene.grammar.speech
    if word in speech.listed("saying"):
        return True
    ahead = scene.masked[act.cue.end : act.scope.spans[0][0]] if act.scope.ahead else QUOTED
    told = QUOTED in ahead or scene.grammar.that.match(scene.masked, act.cue.end) is not None
    return told and word in speech.listed("strong")


def _told_in(scene: Scene, to: Span | None) -> Medium | None:
    """Return the medium that whoever was told is of itself: an interview, or a station on air."""
    if to is None:
        return None
    if _is_publisher(scene, to):
        return "interview"
    on_air = outlet_medium(scene.grammar, scene.masked, to) == "broadcast"
    return "broadcast" if on_air else None


def _is_publisher(scene: Scene, to: Span) -> bool:
    publisher = (scene.document.capture.publisher or "").casefold()
    return bool(publisher) and scene.document.text[slice(*to)].casefold() in publisher


def _told(scene: Scene, voices: Voices, to: Span, chain: list[Link]) -> list[Link]:
    """Put the outlet that was told in front of who told it."""
    medium = outlet_medium(scene.grammar, scene.masked, to)
    if medium is None and not scene.grammar.declines:
        return chain
    relay = voices.outlet(to, medium or "press")
    return [relay, *chain] if relay else chain

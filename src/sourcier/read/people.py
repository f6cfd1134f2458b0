"""Whom a phrase names: name, role and organisation out of the words that name a speaker.

Words of roles and organisations are data (``languages/<code>/people.toml``).
"""

from __future__ import annotations

from sourcier.read.fold import fold
from sourcier.read.nominative import (
    nominative_group,
    nominative_name,
    nominative_office,
    nominative_role,
    noun_form,
)
from sourcier.read.people_bodies import own_name
from sourcier.read.people_names import Names
from sourcier.read.people_offices import Offices
from sourcier.read.people_outlets import Outlets
from sourcier.read.people_parts import in_parts
from sourcier.read.people_places import before_place, is_where
from sourcier.read.people_words import Speaker, Words
from sourcier.read.speech_phrases import Phrases
from sourcier.types import Medium, Span


def read_speaker(phrases: Phrases, span: Span, *, oblique: bool = False) -> Speaker | None:
    """Return whom the phrase at `span` names, or None where it can be nobody (only articles).

    `oblique` tells that the phrase is printed in another case than the nominative.
    """
    words = Words(phrases, span, oblique)
    if not words.tokens:
        return None
    parts = in_parts(words, lambda part: read_speaker(phrases, part, oblique=oblique))
    return parts or _Splitter(words).split()


class _Splitter:
    """Splits one phrase."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.names = Names(words)
        self.offices = Offices(words)
        self.outlets = Outlets(words)

    def split(self) -> Speaker:
        """Return the speaker."""
        known = self.outlets.known()
        if known is not None:
            return self._speaker(None, None, *known)
        quoted = self.words.quoted(0)
        if quoted is not None:
            return self._speaker(None, None, quoted, "press")
        outlet = self.outlets.find()
        if outlet is not None:
            return self._speaker(None, None, *outlet)
        role = self._role()
        if role is None:
            return self._without_role()
        return self._with_role(*role)

    def _speaker(
        self,
        name: str | None,
        role: str | None,
        organisation: str | None,
        medium: Medium | None = None,
    ) -> Speaker:
        words = frozenset(
            token.norm
            for token in self.words.tokens
            if len(token.norm) > 2 and not self.words.is_light(token)
        )
        plural = self.words.article in self.words.grammar.speech.words("plural_article")
        gender = self.words.gender
        return Speaker(self.words.span, name, role, organisation, medium, words, plural, gender)

    def _role(self) -> tuple[int, int] | None:
        """Return the first and the end token of the (longest) words of a role."""
        norms = [token.norm for token in self.words.tokens]
        if self._is_group(norms[0]) or self._group() is not None or self._institution():
            return None
        if self._headed_by_body(norms[0]):
            return None
        for first in range(len(norms)):
            for last in range(min(len(norms), first + 5), first, -1):
                if self._is_role(norms, first, last) and not self._of_office(last):
                    return first, self.offices.head_end(first, last)
        return None

    def _is_group(self, word: str) -> bool:
        """Tell whether a word names a group, and no body that may have offices ("police chief")."""
        grammar = self.words.grammar
        body = word in grammar.organisation and not grammar.declines
        return word in grammar.group and not body

    def _headed_by_body(self, word: str) -> bool:
        """Tell whether a body heads the phrase, where heads stand first ("service du président")."""
        grammar = self.words.grammar
        head_first = not grammar.declines and not grammar.people.words("portfolio")
        return head_first and word in grammar.organisation

    def _group(self) -> str | None:
        """Return the known group that the phrase's one word is an oblique plural of."""
        if not (self.words.oblique and self.words.grammar.declines and len(self.words.tokens) == 1):
            return None
        return nominative_group(self.words.tokens[0].norm, self.words.grammar)

    def _institution(self) -> bool:
        """Tell whether an oblique phrase is headed by an organisation ("у пресслужбі мера")."""
        head = self.words.phrases.document.folded[
            self.words.tokens[0].start : self.words.full[1]
        ].split(" ")[0]
        known = self.words.grammar.organisation
        return (
            self.words.grammar.declines
            and self.words.oblique
            and noun_form(head, self.words.grammar) in known
        )

    def _of_office(self, last: int) -> bool:
        """Tell whether a role's word is part of an organisation's name ("general staff").

        Where the head of a noun stands last, it may stand further on ("prisoner exchange centre").
        """
        grammar = self.words.grammar
        after = self.words.tokens[last : last + 1]
        if not after or grammar.declines:
            return False
        if grammar.people.words("portfolio"):
            after = self.words.small_words(last)[-1:] or after
        return any(t.norm in grammar.organisation and t.norm not in grammar.link for t in after)

    def _is_role(self, norms: list[str], first: int, last: int) -> bool:
        joined = self.words.folded(first, last)
        role = self.words.grammar.role
        if joined in role or (last == first + 1 and norms[first] in role):
            return True
        return self.words.names_role(joined)

    def _with_role(self, first: int, last: int) -> Speaker:
        head = self._name_before(first)
        names = None if head and not self.words.grammar.declines else self.names.find(last)
        end = names[0] if names else len(self.words.tokens)
        role_end, organisation = self._office(last, end)
        behind = organisation
        name = self.words.between(*names) if names else None
        if names and self.names.has_body(*names):
            organisation = self._body_behind(names[1])
        if head and not name:
            name = self.words.between(0, head)
        elif first and organisation is None:
            first, organisation = self.offices.before(first)
        elif first:
            first = self.offices.before(first)[0]
        if not name and behind is not None and is_where(self.words, behind):
            organisation = None
        role = self.words.text[self.words.tokens[first].start : self.words.tokens[role_end - 1].end]
        if role.lower() in self.words.grammar.people.words("courtesy"):
            return self._speaker(name, None, organisation)
        if (
            self.words.grammar.declines
            and self.words.oblique
            and role.lower() not in self.words.grammar.role
        ):
            role = nominative_role(fold(role), self.words.grammar) or role
            name = nominative_name(name, self.words.grammar) if name else None
        return self._speaker(name, role, organisation)

    def _office(self, last: int, end: int) -> tuple[int, str | None]:
        """Return where the role ends (adjectives included) and the organisation it is held in."""
        end_of_role = last
        for index in range(last, end):
            token = self.words.tokens[index]
            if token.norm == ",":
                return end_of_role, None
            quoted = self.words.quoted(index)
            if quoted is not None:
                return end_of_role, quoted
            if self._qualifies(index):
                end_of_role = index + 2
            elif index < end_of_role:
                continue
            elif token.norm in self.words.grammar.link or self._begins_office(index):
                comma = self.words.comma(index, end)
                organisation = self.words.between(index, before_place(self.words, index, comma))
                return end_of_role, organisation and nominative_office(
                    organisation, self.words.grammar, held=True
                )
            else:
                end_of_role = self._adjective_end(index, end_of_role)
        return end_of_role, None

    def _begins_office(self, index: int) -> bool:
        """Tell whether the genitive after a role (Slavic) begins here: any word that is no name."""
        return self.words.grammar.declines and bool(self.words.tokens[index].norm[0].isalpha())

    def _qualifies(self, index: int) -> bool:
        """Tell whether two words belong to the role before them ("par intérim")."""
        pair = " ".join(token.norm for token in self.words.tokens[index : index + 2])
        return pair in self.words.grammar.people.words("of_role")

    def _adjective_end(self, index: int, end_of_role: int) -> int:
        demonym = self.words.grammar.people.pattern("demonym")
        norm = self.words.tokens[index].norm
        if demonym.fullmatch(norm) or self.words.is_name(index):
            return end_of_role
        return index + 1

    def _name_before(self, first: int) -> int | None:
        """Return the end of the name that an apposed role follows ("Anna Lys, a nurse")."""
        comma = self.words.comma(0, first)
        return comma if comma < first and self.words.is_name(0) else None

    def _without_role(self) -> Speaker:
        runs = self.names.runs(0)
        article = self.words.article in self.words.grammar.definite
        named = bool(runs) and runs[0][0] == 0 and not article and not self._institution()
        if named and self.names.is_personal(*runs[0]):
            last = runs[0][1]
            if self.names.has_body(*runs[0]):
                name = self.words.between(*runs[0])
                return self._speaker(name, None, self._body_behind(last))
            if last == len(self.words.tokens) or self.words.tokens[last].norm == ",":
                return self._person(last)
        if (
            self.words.grammar.declines
            and runs
            and runs[-1][1] == len(self.words.tokens)
            and self.names.is_kin(*runs[-1])
        ):
            role = self.words.between(0, runs[-1][0])
            return self._speaker(self.words.between(*runs[-1]), role, None)
        comma = self.words.comma(0, len(self.words.tokens))
        if self._is_anybody():
            return self._speaker(None, None, self.words.counted())
        if officials := self.offices.plural(comma):
            return self._speaker(None, *officials)
        known = self.words.tokens[0].norm in self.words.grammar.group
        if known and (members := self._members(comma)):
            return members
        group = self._is_group(self.words.tokens[0].norm)
        end = comma if group else before_place(self.words, 1, comma)
        organisation = own_name(self.words, end) or self.words.between(0, end)
        if organisation and self.words.oblique and not known:
            organisation = self._group() or nominative_office(organisation, self.words.grammar)
        return self._speaker(None, None, organisation)

    def _members(self, comma: int) -> Speaker | None:
        """Read a group's word and the body that it is of ("officials at the grid company")."""
        grammar, tokens = self.words.grammar, self.words.tokens
        of = (i for i in range(1, comma) if tokens[i].norm in grammar.speech.words("of"))
        link = next(of, comma)
        bodies = grammar.organisation - frozenset(grammar.people.words("territory"))
        body = any(token.norm in bodies for token in tokens[link:comma])
        if grammar.declines or not body or link == comma:
            return None
        return self._speaker(None, self.words.between(0, link), self.words.between(link, comma))

    def _is_anybody(self) -> bool:
        """Tell whether a phrase says how many spoke, and no more of them ("both sides")."""
        anybody = self.words.grammar.people.words("anybody")
        return len(self.words.tokens) == 1 and self.words.tokens[0].norm in anybody

    def _body_behind(self, start: int) -> str | None:
        """Return the organisation that a name is said to be of."""
        return self.words.between(start, self.words.comma(start, len(self.words.tokens)))

    def _person(self, last: int) -> Speaker:
        """Return a named person with what is apposed: an age is passed over, a word is the role."""
        apposed = self.words.tokens[last + 1 :]
        role = None
        if apposed and apposed[0].norm[0].isalpha():
            links = (
                i
                for i in range(last + 2, len(self.words.tokens))
                if self.words.is_light(self.words.tokens[i])
            )
            role = self.words.between(last + 1, next(links, len(self.words.tokens)))
        name = self.words.between(0, last)
        if name and self.words.oblique:
            name = nominative_name(name, self.words.grammar)
        return self._speaker(name, role, None)

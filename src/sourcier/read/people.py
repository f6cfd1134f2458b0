"""Whom a phrase names: name, role and organisation out of the words that name a speaker.

Words of roles and organisations are data (``languages/<code>/people.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.read.document import Token
from sourcier.read.fold import fold
from sourcier.read.nominative import nominative_name, nominative_office, nominative_role
from sourcier.read.speech_grammar import OUTLETS, Grammar
from sourcier.read.speech_phrases import Phrases
from sourcier.types import Medium, Span

_MARKS = """«»“”„‟"'‘’‹› \u00a0\u202f"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a phrase names. `words` are its content words, folded; `medium` what the phrase implies."""

    span: Span
    name: str | None
    role: str | None
    organisation: str | None
    medium: Medium | None
    words: frozenset[str]
    plural: bool = False


def read_speaker(phrases: Phrases, span: Span, *, oblique: bool = False) -> Speaker | None:
    """Return whom the phrase at `span` names, or None where it can be nobody (only articles).

    `oblique` tells that the phrase is printed in another case than the nominative.
    """
    return _Splitter(phrases, span, oblique).split()


class _Splitter:
    """Splits one phrase; tokens are those of the phrase without its article."""

    def __init__(self, phrases: Phrases, span: Span, oblique: bool) -> None:
        self.phrases = phrases
        self.oblique = oblique
        self.grammar: Grammar = phrases.grammar
        self.text = phrases.document.text
        tokens = phrases.tokens(*span)
        self.article = tokens[0].norm if tokens else ""
        while tokens and tokens[0].norm in self.grammar.determiner:
            tokens = tokens[1:]
        self.tokens = tokens
        self.full = span
        self.declines = self.grammar.declines

    def split(self) -> Speaker | None:
        if not self.tokens:
            return None
        span = (self.tokens[0].start, self.full[1])
        quoted = self._quoted(0)
        if quoted is not None:
            return self._speaker(span, None, None, quoted, "press")
        outlet = self._outlet()
        if outlet is not None:
            return self._speaker(span, None, None, *outlet)
        role = self._role()
        if role is None:
            return self._without_role(span)
        return self._with_role(span, *role)

    def _speaker(
        self,
        span: Span,
        name: str | None,
        role: str | None,
        organisation: str | None,
        medium: Medium | None = None,
    ) -> Speaker:
        words = frozenset(
            token.norm for token in self.tokens if len(token.norm) > 2 and not self._light(token)
        )
        plural = self.article in self.grammar.speech.words("plural_article")
        return Speaker(span, name, role, organisation, medium, words, plural)

    def _light(self, token: Token) -> bool:
        return token.norm in self.grammar.link or token.norm in self.grammar.determiner

    def _loose(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether the last token closes no name: a sign (but "Jr.") or a link."""
        last = tokens[-1]
        if last.norm == ".":
            return len(tokens) < 2 or tokens[-2].end - tokens[-2].start > 3
        return last.norm in ',;:»”"›' or self._light(last)

    def _is_article(self, token: Token) -> bool:
        """Tell whether a token is a link or article, not one that begins a name ("Le Phare")."""
        return self._light(token) and not self.phrases.is_name(token)

    def _words(self, first: int, last: int) -> str | None:
        """Return the text of tokens first..last-1 without loose signs and links around it."""
        tokens = self.tokens[first:last]
        while tokens and (not tokens[0].norm[0].isalnum() or self._is_article(tokens[0])):
            tokens = tokens[1:]
        owners = [i for i, token in enumerate(tokens) if token.norm.endswith("'s")]
        if owners and owners[-1] + 1 < len(tokens):
            tokens = tokens[owners[-1] + 1 :]
        while tokens and (tokens[-1].norm in ',;»”"' or self._light(tokens[-1])):
            tokens = tokens[:-1]
        return self.text[tokens[0].start : tokens[-1].end] if tokens else None

    def _outlet(self) -> tuple[str | None, Medium] | None:
        """Return an outlet's name and medium, where the phrase is one ("the agency Lys")."""
        people = self.grammar.people
        for medium in OUTLETS:
            for head in people.words(medium):
                found = self._headed(head.split())
                if found is not None:
                    unnamed = medium == "telegram" and self.tokens[0].norm in head
                    return (None if unnamed and found == self._whole() else found), medium
        return None

    def _quoted(self, index: int) -> str | None:
        """Return the name in marks that begins at a token, without the marks."""
        end = self.phrases.names.get(self.tokens[index].start)
        if end is None:
            return None
        return self.text[self.tokens[index].start : end].strip(_MARKS)

    def _whole(self) -> str | None:
        return self._words(0, len(self.tokens))

    def _headed(self, head: list[str]) -> str | None:
        norms = [token.norm for token in self.tokens]
        for index in range(min(4, len(norms))):
            if norms[index : index + len(head)] == head:
                break
        else:
            return None
        if any(norm in self.grammar.role for norm in norms[:index]):
            return None
        named = index and self.phrases.is_name(self.tokens[index - 1])
        small = not self.phrases.is_name(self.tokens[index])
        if named and small and index + len(head) == len(norms):
            return self._words(0, index)
        return self._outlet_name(index, index + len(head))

    def _outlet_name(self, head: int, after: int) -> str | None:
        """Return the name after the noun, or the whole phrase where the noun has none."""
        adjectives = self.grammar.people.words("outlet_adjective")
        while after < len(self.tokens) and self.tokens[after].norm in adjectives:
            after += 1
        if after >= len(self.tokens):
            return self._whole()
        if self.phrases.is_name(self.tokens[after]) or not self.tokens[after].norm[0].isalpha():
            name = self._words(after, len(self.tokens))
            return self._quoted(after) or name
        return self._whole() if head == 0 else None

    def _role(self) -> tuple[int, int] | None:
        """Return the first and the end token of the (longest) words of a role."""
        norms = [token.norm for token in self.tokens]
        if norms[0] in self.grammar.group:
            return None
        for first in range(len(norms)):
            for last in range(min(len(norms), first + 5), first, -1):
                if self._is_role(norms, first, last) and not self._of_office(last):
                    return first, last
        return None

    def _of_office(self, last: int) -> bool:
        """Tell whether a role's word is part of an organisation's name ("general staff")."""
        after = self.tokens[last : last + 1]
        if not after or self.declines:
            return False
        return after[0].norm in self.grammar.organisation and after[0].norm not in self.grammar.link

    def _is_role(self, norms: list[str], first: int, last: int) -> bool:
        folded = self.phrases.document.folded
        joined = folded[self.tokens[first].start : self.tokens[last - 1].end]
        role = self.grammar.role
        if joined in role or (last == first + 1 and norms[first] in role):
            return True
        return self.oblique and nominative_role(joined, self.grammar) is not None

    def _with_role(self, span: Span, first: int, last: int) -> Speaker:
        names = self._names(last)
        end = names[0] if names else len(self.tokens)
        role_end, organisation = self._office(last, end)
        head = self._name_before(first)
        name = self._words(*names) if names else None
        if head and not name:
            name = self._words(0, head)
        elif first and organisation is None:
            organisation = self._before(first)
        role = self.text[self.tokens[first].start : self.tokens[role_end - 1].end]
        if role.lower() in self.grammar.people.words("courtesy"):
            return self._speaker(span, name, None, organisation)
        if self.declines and self.oblique and role.lower() not in self.grammar.role:
            role = nominative_role(fold(role), self.grammar) or role
            name = nominative_name(name, self.grammar) if name else None
        return self._speaker(span, name, role, organisation)

    def _office(self, last: int, end: int) -> tuple[int, str | None]:
        """Return where the role ends (adjectives included) and the organisation it is held in."""
        end_of_role = last
        for index in range(last, end):
            token = self.tokens[index]
            if token.norm == ",":
                return end_of_role, None
            quoted = self._quoted(index)
            if quoted is not None:
                return end_of_role, quoted
            if self._qualifies(index):
                end_of_role = index + 2
            elif index < end_of_role:
                continue
            elif token.norm in self.grammar.link or self._begins_office(index):
                organisation = self._words(index, self._comma(index, end))
                return end_of_role, organisation and nominative_office(organisation, self.grammar)
            else:
                end_of_role = self._adjective_end(index, end_of_role)
        return end_of_role, None

    def _begins_office(self, index: int) -> bool:
        """Tell whether the genitive after a role (Slavic) begins here: any word that is no name."""
        return self.declines and bool(self.tokens[index].norm[0].isalpha())

    def _qualifies(self, index: int) -> bool:
        """Tell whether two words belong to the role before them ("par intérim")."""
        pair = " ".join(token.norm for token in self.tokens[index : index + 2])
        return pair in self.grammar.people.words("of_role")

    def _adjective_end(self, index: int, end_of_role: int) -> int:
        demonym = self.grammar.people.pattern("demonym")
        norm = self.tokens[index].norm
        if demonym.fullmatch(norm) or self.phrases.is_name(self.tokens[index]):
            return end_of_role
        return index + 1

    def _comma(self, first: int, end: int) -> int:
        return next((i for i in range(first, end) if self.tokens[i].norm == ","), end)

    def _before(self, first: int) -> str | None:
        """Return the organisation in front of a role ("city council secretary"), nationality off."""
        demonym = self.grammar.people.pattern("demonym")
        start = 0
        while start < first and demonym.fullmatch(self.tokens[start].norm):
            start += 1
        return self._words(start, first)

    def _name_before(self, first: int) -> int | None:
        """Return the end of the name that an apposed role follows ("Anna Lys, a nurse")."""
        comma = self._comma(0, first)
        return comma if comma < first and self.phrases.is_name(self.tokens[0]) else None

    def _names(self, start: int) -> tuple[int, int] | None:
        """Return the run of tokens from `start` on that is a person's name, the last such run."""
        runs = self._runs(start)
        if not runs:
            return None
        first, last = runs[-1]
        if first > start and self.tokens[first - 1].norm != "," and not self._full(first, last):
            return None
        if first > start and not self._free(first, start):
            first = self._within_office(first, last)
        first = self._after_office(first, last, start)
        return (first, last) if first < last and self._personal(first, last) else None

    def _full(self, first: int, last: int) -> bool:
        """Tell whether a run holds two words or more, as a name apart from its title has."""
        return sum(self._begins_word(index) for index in range(first, last)) > 1

    def _within_office(self, first: int, last: int) -> int:
        """Return where a name begins right behind a one-word office ("ministre de la Santé Anna Lys").

        Two capitalised words are the office's own ("of New York"): then there is no name.
        """
        words = [i for i in range(first, last) if self._begins_word(i)]
        if len(words) < 3 or any(
            t.norm in self.grammar.organisation for t in self.tokens[first:last]
        ):
            return last
        return words[1]

    def _begins_word(self, index: int) -> bool:
        token = self.tokens[index]
        glued = index > 0 and self.tokens[index - 1].end == token.start
        return token.norm[0].isalpha() and not glued

    def _after_office(self, first: int, last: int, start: int) -> int:
        """Return where the name begins in a run that begins with an office ("МЧС Анна Лис")."""
        for index in range(last - 1, first - 1, -1):
            token = self.tokens[index]
            if token.norm in self.grammar.organisation or self._shouted(token):
                return index + 1
        words = [i for i in range(first, last) if self._begins_word(i)]
        patronymic = self.grammar.people.words("patronymic")
        if not self.declines or first > start or len(words) < 3:
            return first
        return first if self.tokens[words[1]].norm.endswith(patronymic) else words[1]

    def _shouted(self, token: Token) -> bool:
        printed = self.text[token.start : token.end]
        return len(printed) > 1 and printed.isupper()

    def _free(self, first: int, start: int) -> bool:
        """Tell whether a run of names is no part of the office before it ("of the Foreign Office")."""
        before = self.tokens[first - 1]
        if before.norm == ",":
            return True
        return first == start or not (self._light(before) or self.phrases.is_name(before))

    def _runs(self, start: int) -> list[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        particles = self.grammar.people.words("particle")
        for index in range(start, len(self.tokens)):
            token = self.tokens[index]
            glued = index > 0 and self.tokens[index - 1].end == token.start
            if self.phrases.is_name(token) or (token.norm in "-.'’" and glued):
                if runs and runs[-1][1] == index:
                    runs[-1] = (runs[-1][0], index + 1)
                elif self.phrases.is_name(token):
                    runs.append((index, index + 1))
            elif runs and runs[-1][1] == index and self._bridges(index, particles):
                runs[-1] = (runs[-1][0], index + 1)
        return runs

    def _bridges(self, index: int, particles: tuple[str, ...]) -> bool:
        after = self.tokens[index + 1 : index + 2]
        return (
            self.tokens[index].norm in particles and bool(after) and self.phrases.is_name(after[0])
        )

    def _personal(self, first: int, last: int) -> bool:
        """Tell whether a run of capitalised words can be a person's name."""
        tokens = self.tokens[first:last]
        other = self.grammar.organisation | self.grammar.group
        if any(token.norm in other for token in tokens):
            return False
        if self.phrases.document.folded[tokens[0].start : tokens[-1].end] in self.grammar.powers:
            return False
        words = [token for token in tokens if token.norm[0].isalpha()]
        return len(words) > 1 or not any(self._shouted(token) for token in words)

    def _without_role(self, span: Span) -> Speaker:
        runs = self._runs(0)
        article = self.article in self.grammar.definite
        if runs and runs[0][0] == 0 and not article and self._personal(*runs[0]):
            last = runs[0][1]
            if last == len(self.tokens) or self.tokens[last].norm == ",":
                return self._person(span, last)
        if self.declines and runs and runs[-1][1] == len(self.tokens) and self._kin(*runs[-1]):
            role = self._words(0, runs[-1][0])
            return self._speaker(span, self._words(*runs[-1]), role, None)
        comma = self._comma(0, len(self.tokens))
        organisation = self._words(0, comma)
        if organisation and self.oblique:
            organisation = nominative_office(organisation, self.grammar)
        return self._speaker(span, None, None, organisation)

    def _kin(self, first: int, last: int) -> bool:
        """Tell whether small words before a full name say who it is ("подруга Анна Лис")."""
        words = [i for i in range(first, last) if self._begins_word(i)]
        before = {token.norm for token in self.tokens[:first]}
        known = self.grammar.organisation | self.grammar.group
        return (
            bool(before) and len(words) > 1 and not before & known and self._personal(first, last)
        )

    def _person(self, span: Span, last: int) -> Speaker:
        """Return a named person with what is apposed: an age is passed over, a word is the role."""
        apposed = self.tokens[last + 1 :]
        role = None
        if apposed and apposed[0].norm[0].isalpha():
            links = (i for i in range(last + 2, len(self.tokens)) if self._light(self.tokens[i]))
            role = self._words(last + 1, next(links, len(self.tokens)))
        name = self._words(0, last)
        if name and self.oblique:
            name = nominative_name(name, self.grammar)
        return self._speaker(span, name, role, None)


def outlet_medium(grammar: Grammar, folded: str, span: Span) -> Medium:
    """Return what kind of outlet is named, by the noun beside its name; ``press`` without one."""
    around = folded[max(0, span[0] - 20) : span[0]], folded[span[1] : span[1] + 20]
    words = [around[0].split()[-1:], *(around[1].split()[:n] for n in (1, 2))]
    near = {" ".join(word) for word in words}
    near.add(folded[slice(*span)])
    media: tuple[Medium, ...] = ("wire", "broadcast")
    for medium in media:
        listed = {*grammar.people.words(medium), *grammar.people.words(f"{medium}_name")}
        if near & listed:
            return medium
    return "press"

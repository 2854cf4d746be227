"""The countries that a text names, with the evidence: matches of the gazetteer without false ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, zip_longest

import msgspec

from pouch.tag.document import Document
from pouch.tag.gazetteer import Clue, Gazetteer, Kind
from pouch.tag.matching import Matcher
from pouch.tag.namesakes import bodies, persons

PLACES = frozenset({"name", "capital", "city", "subdivision"})
_WORD_BEFORE = re.compile(r"([^\W_][\w.'-]*) $")
_WORD_AFTER = re.compile(r" ([^\W\d_][\w-]*)")
_DOLLARS = re.compile(r"\$| (?:dollars?|dlrs?)\b")
# Money is named after the country that prints it, not the one that pays with it.
_MONEY = (
    r"(?:dollars?|dlrs?|francs?|pounds?|pesos?|rupees?|crowns?|kron(?:a|or|er|e|en)|marks?|yen|yuan|lir[ae]|rand"
    r"|d[oó]lare?s|pesos|francos?|libras?|coronas?|dollari|franchi|sterline|Dollars?|Franken|Kronen|Pfund)"
)
_MONEY_AFTER, _MONEY_BEFORE = re.compile(rf"[- ]{_MONEY}\b"), re.compile(rf"\b{_MONEY} $")
# What makes a firm's name of the words before it.
_FIRM = re.compile(
    r"(?: (?:&|[A-Z][\w&'.-]*)){0,3},? (?:Inc|Corp|Corporation|Ltd|Limited|P[Ll][Cc]|LLC|LLP|Co|Cos|Group|Holdings?"
    r"|AG|SA|S\.A|NV|N\.V|BV|GmbH|SpA|AB|Oyj|ASA|Bancorp|Bancshares|Industries)\b"
)
# The rest of a town's name, and a comma before where it is: "NEWPORT BEACH, Calif."
_TOWN_END = re.compile(r"(?: [A-Z][\w'.-]*){0,2}, ")
_SMALL_WORDS = frozenset(
    {"and", "or", "so", "to", "as", "where", "but", "than", "when", "at", "with", "for", "by", "on"}
)
_CONJUNCTIONS = frozenset({"and", "or", "et", "ou", "und", "oder", "y", "e", "o", "en", "of"})
# Words of `places` that stand before a person too.
_CONJUNCTIONS_OF_NAMES = frozenset(
    {"and", "or", "with", "for", "to", "than", "on", "of", "against", "over", "miss", "et", "und", "y"}
)
_OPENINGS = (": ", ". ", "; ", "- ", ", ", "– ", "— ")
# Abbreviations that are everyday words in a text that is all capitals.
_CAPITAL_WORDS = frozenset({"US", "CAR", "EAU", "VS", "IT"})


class Hit(msgspec.Struct, frozen=True):
    """One piece of evidence, in positions of `Document.text`."""

    code: str
    kind: Kind
    start: int
    end: int
    listed: bool = False  # where a security is traded or a body sits: the country is only mentioned


def find_hits(document: Document, gazetteer: Gazetteer, matcher: Matcher[Clue], on: date | None) -> list[Hit]:
    """All evidence in order of place. `on` is the article's date, by which leaders are judged."""
    return _Reading(document, gazetteer, on).hits(matcher)


class _Reading:
    def __init__(self, document: Document, gazetteer: Gazetteer, on: date | None) -> None:
        self.document = document
        self.text = document.text
        self.gazetteer = gazetteer
        self.on = on.isoformat()[:10] if on else ""
        self.languages = {language.lower() for language in gazetteer.languages}

    def hits(self, matcher: Matcher[Clue]) -> list[Hit]:
        sure: list[Hit] = []
        doubtful: list[Hit] = []
        shared: list[tuple[tuple[str, ...], Hit]] = []
        for clue, start, end in matcher.find(self.text):
            if clue.kind == "none" or not self._counts(clue, start, end):
                continue
            in_dateline = self._in_dateline(start)
            # A stem has one guard for all its forms, yet "Indians" may need one and "Indian" none.
            guard = self.gazetteer.guards.get(self.text[start:end], clue.guard) if clue.stem else clue.guard
            # "Maurice annonce un budget": in a title, the text below decides.
            shy = guard == "shy" and not in_dateline and not self._locative(start, end)
            if shy and start >= self.document.title_end:
                continue
            if (
                clue.kind == "city"
                and self.gazetteer.offices
                and not in_dateline
                and self._after_a_name(start)
            ):
                continue
            if guard == "surname" and (
                self._after_a_name(start) or (clue.kind == "demonym" and self._speaks(start, end))
            ):
                continue
            kind: Kind = clue.kind
            if in_dateline and kind in ("city", "capital", "subdivision"):
                kind = "dateline"
            listed = self._listed(start) or (clue.kind == "demonym" and self._is_money(start, end))
            hit = Hit(clue.codes[0], kind, start, end, listed=listed)
            if clue.every:
                sure += [msgspec.structs.replace(hit, code=code) for code in clue.codes]
                continue
            if shy:
                doubtful.append(hit)
            elif len(clue.codes) > 1:
                shared.append((clue.codes, hit))
            elif guard == "weak" and not in_dateline and self._part_of_a_name(start, end):
                doubtful.append(hit)
            else:
                sure.append(hit)
        sure += self._resolved(shared, sure)
        sure = self._less_persons(sure, doubtful)
        # "Michael Jordan" in a text that names Amman is still no Jordan; a name beside other words may be.
        sure_codes = {hit.code for hit in sure if hit.kind != "leader"}
        sure += [hit for hit in doubtful if hit.code in sure_codes and hit.kind == "name"]
        own = {hit.code for hit in sure if hit.kind not in ("leader", "institution")}
        sure = [hit for hit in sure if not (own - {hit.code} and self._is_elsewhere(hit, own))]
        sure = list(self._less_namesakes(sorted(self._less_firms(sure), key=lambda hit: hit.start)))
        return self._less_meeting_places(self._less_seats(sure))

    def _counts(self, clue: Clue, start: int, end: int) -> bool:
        text = self.text
        if self.document.is_masked(start) or text[start - 1 : start] == "@":
            return False
        if clue.short == "comma" and not _after_a_town(text, start):
            return False
        word = text[start:end]
        namesakes = self.gazetteer.namesakes
        if clue.kind in ("name", "demonym") and namesakes.is_water(text, start, end, clue.codes[0]):
            return False
        if clue.kind in PLACES and namesakes.is_ship(text, start):
            return False
        if clue.kind == "leader":
            if self.on and not (clue.term[0] <= self.on <= clue.term[1]):
                return False
            if " " not in word and self._is_relative(start):
                return False
        if word in _CAPITAL_WORDS and self._all_capitals(start, end):
            return False
        if word in ("US", "U.S.", "USA") and _DOLLARS.match(text, end):
            return False
        if clue.kind == "demonym" and self._is_culture(word, start, end):
            return False
        before = _WORD_BEFORE.search(text, max(0, start - 20), start)
        titled = before and before[1] in self.gazetteer.titles
        return not (titled and (clue.kind in PLACES or (clue.kind == "demonym" and word[:1].isupper())))

    def _is_culture(self, word: str, start: int, end: int) -> bool:
        """Whether a demonym is about a language ("speaks French") or a kitchen ("Mexican food")."""
        after = _WORD_AFTER.match(self.text, end)
        if after and after[1] in self.gazetteer.trivia:
            return True
        if word not in self.gazetteer.languages:
            return False
        before = self.text[max(0, start - 30) : start].lower().replace("'", "' ").split()
        # "in French hospitals" is about the country; "in French." and "in French and Farsi" are not.
        # In German a noun follows an adjective: "im Deutschen Bundestag", "im Deutschen heißt es".
        noun = word.islower() or self.gazetteer.lang == "de"
        alone = not after or after[1] in _SMALL_WORDS or (noun and not after[1][0].isupper())
        if len(before) >= 3 and before[-1] in _CONJUNCTIONS and before[-2] in self.languages:
            del before[-2:]
        return bool(before and before[-1] in self.gazetteer.language_verbs and alone)

    def _is_relative(self, start: int) -> bool:
        """Whether another first name stands before a leader's surname: "Michelle Obama"."""
        if not self.gazetteer.offices or not self._after_a_name(start):
            return False
        before = _WORD_BEFORE.search(self.text, max(0, start - 30), start)
        return before is not None and before[1] not in self.gazetteer.offices

    def _in_dateline(self, start: int) -> bool:
        dateline = self.document.dateline
        return dateline[0] <= start < dateline[1]

    def _all_capitals(self, start: int, end: int) -> bool:
        """Whether the words beside one are in capitals; one that opens a sentence is no pronoun."""
        before = _WORD_BEFORE.search(self.text, max(0, start - 20), start)
        opening = self.text[max(0, start - 2) : start]
        abbreviated = opening == ". " and before is not None and "." in before[1][:-1]
        opens = not self.text[:start].rpartition("\n")[2].strip() or (
            opening in _OPENINGS and not abbreviated
        )
        if opens and end - start == 2:  # "CAR SALES ROSE" opens with a word, "US SALES ROSE" with a country
            return False
        if before and before[1] in ("THE", "AND"):
            return False
        after = _WORD_AFTER.match(self.text, end)
        neighbours = [match[1] for match in (before, after) if match]
        return any(len(word) > 1 and word.isupper() for word in neighbours)

    def _locative(self, start: int, end: int) -> bool:
        before = self.text[max(0, start - 14) : start].lower()
        if before.endswith(tuple(f" {word} " for word in self.gazetteer.shy_places)):
            return True
        return bool(re.match(r", [A-Z]", self.text[end : end + 3])) and start > self.document.title_end

    def _part_of_a_name(self, start: int, end: int) -> bool:
        """Whether a capitalised word stands right before (not as a sentence's first) or after."""
        text = self.text
        after = _WORD_AFTER.match(text, end)
        in_title = start < self.document.title_end
        if after and after[1][0].isupper() and not in_title and after[1] not in self.gazetteer.titles:
            nearby = text[max(0, start - 14) : start].lower()
            if not nearby.endswith(tuple(f" {word} " for word in self.gazetteer.shy_places)):
                return True
        before = _WORD_BEFORE.search(text, max(0, start - 30), start)
        if not before or not before[1][0].isupper() or before[1].lower() in self.gazetteer.places:
            return False
        if in_title and (before.start(1) == 0 or text[: self.document.title_end].istitle()):
            return False
        opening = text[max(0, before.start(1) - 2) : before.start(1)]
        return not (
            before.start(1) <= self.document.body_start or opening[:1] in ".!?:\n" or before[1].isupper()
        )

    def _is_money(self, start: int, end: int) -> bool:
        """Whether a demonym is a currency's, in the text: "forty million Canadian dollars". A title may be about it."""
        if start < self.document.title_end:
            return False
        before = self.text[max(0, start - 12) : start]
        return _MONEY_AFTER.match(self.text, end) is not None or _MONEY_BEFORE.search(before) is not None

    def _less_firms(self, hits: list[Hit]) -> list[Hit]:
        """Without firms: "Oxford Financial Group", and Oxford alone where nothing else names the country."""
        firms = {self.text[hit.start : hit.end] for hit in hits if self._is_firm(hit)}
        names = {name.lower() for name in firms}
        elsewhere = {hit.code for hit in hits if self.text[hit.start : hit.end].lower() not in names}
        return [
            hit
            for hit in hits
            if self.text[hit.start : hit.end].lower() not in names
            or (not self._is_firm(hit) and (hit.code in elsewhere or self._in_a_place(hit)))
        ]

    def _is_firm(self, hit: Hit) -> bool:
        return (
            hit.kind == "city"
            and hit.start > self.document.title_end
            and _FIRM.match(self.text, hit.end) is not None
        )

    def _less_persons(self, hits: list[Hit], doubtful: list[Hit]) -> list[Hit]:
        """Without persons: a full name with a country's name in it, and that name alone wherever it is no place."""
        spans = [(hit.start, hit.end) for hit in (*hits, *doubtful) if hit.kind in PLACES]
        names = persons(self.text, spans)
        if not names:
            return hits
        places = {
            self.text[start:end]
            for start, end in spans
            if self._locative(start, end) or self._after_place(start)
        }
        place_codes = {
            hit.code for hit in hits if self.text[hit.start : hit.end] not in names and hit.kind != "leader"
        }
        return [
            hit
            for hit in hits
            if (word := self.text[hit.start : hit.end]) not in names
            or (
                (word in places or hit.code in place_codes) and not persons(self.text, [(hit.start, hit.end)])
            )
        ]

    def _after_place(self, start: int) -> bool:
        before = _WORD_BEFORE.search(self.text, max(0, start - 30), start)
        return (
            before is not None
            and before[1] in self.gazetteer.places
            and before[1] not in _CONJUNCTIONS_OF_NAMES
        )

    def _less_seats(self, hits: list[Hit]) -> list[Hit]:
        """Without seats of international bodies, where nothing else of the text names the country."""
        lead = self.text[: self.document.lead[1]]
        dropped: set[int] = set()
        aside: set[int] = set()
        for body in bodies():
            of_seat = [hit for hit in hits if hit.code == body.seat]
            if not of_seat or any(
                self.text[hit.start : hit.end].lower() not in body.cities for hit in of_seat
            ):
                continue
            if body.words.search(self.text if body.stands_for else lead):
                for hit in of_seat:
                    in_dateline = self._in_dateline(hit.start) and len({one.code for one in hits}) > 1
                    names_the_body = body.stands_for and not self._in_a_place(hit)
                    if in_dateline or (names_the_body and not self._in_dateline(hit.start)):
                        dropped.add(hit.start)
                    else:
                        aside.add(hit.start)
        return [
            msgspec.structs.replace(hit, listed=True) if hit.start in aside else hit
            for hit in hits
            if hit.start not in dropped
        ]

    def _in_a_place(self, hit: Hit) -> bool:
        return self._locative(hit.start, hit.end) or self._after_place(hit.start)

    def _less_meeting_places(self, hits: list[Hit]) -> list[Hit]:
        """Hits of which a country named once, behind its town ("à Sibiu (Roumanie)"), counts little beside others."""
        aside: set[str] = set()
        numbers = Counter(hit.code for hit in hits)
        for town, country in pairwise(hits):
            named_once = numbers[town.code] == 2 and max(numbers.values()) > 2
            if named_once and town.code == country.code and self.text[town.end : country.start] == " (":
                aside.add(town.code)
        return [msgspec.structs.replace(hit, listed=True) if hit.code in aside else hit for hit in hits]

    def _listed(self, start: int) -> bool:
        before = self.text[max(0, start - 30) : start].lower()
        return any(before.endswith(f"{words} ") for words in self.gazetteer.listed)

    def _resolved(self, shared: list[tuple[tuple[str, ...], Hit]], sure: list[Hit]) -> Iterator[Hit]:
        """A name that several countries bear means the one that the rest of the text speaks for, else the first."""
        chosen: dict[tuple[str, ...], str] = {}
        for codes, hit in shared:
            if codes not in chosen:
                cues = self.gazetteer.cues.get(codes, {})
                counts = dict.fromkeys(codes, 0)
                for other in sure:
                    if other.code in counts:
                        counts[other.code] += 1
                for code in codes:
                    counts[code] += 2 * sum(self.text.count(cue) for cue in cues.get(code, ()))
                chosen[codes] = max(codes, key=lambda code: (counts[code], -codes.index(code)))
            yield msgspec.structs.replace(hit, code=chosen[codes])

    def _is_elsewhere(self, hit: Hit, own_codes: set[str]) -> bool:
        """Whether an institution that many countries have is another's: "Peru's Congress"."""
        return (
            hit.kind == "institution"
            and hit.code not in own_codes
            and self.text[hit.start : hit.end] in self.gazetteer.shared
        )

    def _speaks(self, start: int, end: int) -> bool:
        """Whether somebody of that surname speaks: "French said", where "the French said" are a people."""
        after = _WORD_AFTER.match(self.text, end)
        if after is None or after[1] not in self.gazetteer.speaks:
            return False
        before = _WORD_BEFORE.search(self.text, max(0, start - 30), start)
        return before is None or before[1].lower() not in self.gazetteer.articles

    def _after_a_name(self, start: int) -> bool:
        """Whether a capitalised word of the same sentence stands right before, as a first name would."""
        before = _WORD_BEFORE.search(self.text, max(0, start - 30), start)
        if not before or not before[1][0].isupper() or before[1].isupper() or start < self.document.title_end:
            return False
        opening = self.text[max(0, before.start(1) - 2) : before.start(1)]
        sentence_start = (
            before.start(1) <= self.document.body_start or opening[:1] in '.!?:"\n' or opening[1:] == '"'
        )
        return not sentence_start and before[1].lower() not in self.gazetteer.places

    def _less_namesakes(self, hits: list[Hit]) -> Iterator[Hit]:
        """Without "Paris" of "Paris, Texas": a town before a comma and a place elsewhere is there."""
        for hit, following in zip_longest(hits, hits[1:]):
            if (
                following
                and hit.code != following.code
                and hit.kind in PLACES
                and self._lies_in(hit, following)
            ):
                continue
            if (
                following
                and hit.kind in ("city", "capital", "dateline")
                and following.code != hit.code
                and _TOWN_END.fullmatch(self.text, hit.end, following.start)
                and (hit.kind == "dateline" or following.start == hit.end + 2)
                and (
                    following.kind in ("subdivision", "dateline")
                    or (following.kind == "name" and hit.kind == "city")
                )
                and self.text[following.end : following.end + 1] in (",", ".", ";", ")", " ", "")
            ):
                continue
            yield hit

    def _lies_in(self, hit: Hit, following: Hit) -> bool:
        """Whether a place is said to lie in the next: "Macedonia, in northern Greece", "London, en Ontario"."""
        between = self.text[hit.end : following.start]
        namesakes = self.gazetteer.namesakes
        if following.kind == "name" and namesakes.inside.fullmatch(between):
            return True
        if following.kind == "demonym" and re.fullmatch(r", (?:\w{1,4} )?", between):
            return bool(namesakes.area.match(self.text, following.end))
        return (
            following.kind == "subdivision"
            and re.fullmatch(r", (?:in|en|im|na|no|em|v|w|в|у) ", between) is not None
        )


def _after_a_town(text: str, start: int) -> bool:
    before = re.search(r"[^\W\d_][\w.'-]*, ?$", text[max(0, start - 30) : start])
    return bool(before and before.group()[0].isupper())

"""Invented prose for the bench: news-like sentences from fixed lists, in the shape of real briefings."""

from __future__ import annotations

import re
from random import Random

ACTORS = """the foreign ministry|the interim government|the national electoral commission|a parliamentary committee
the central bank|two neighbouring governments|the regional assembly|officials in the capital|the main opposition alliance
the ministry of agriculture|a delegation of mayors|the border agency|the constitutional court|aid organisations
the association of port operators|a coalition of trade unions|the civil protection service|the national audit office
a group of coastal provinces|the energy regulator|negotiators from both sides|the ministry of health
the railway company|independent observers|the council of ministers|the public prosecutor|a panel of hydrologists
the mission of observers|the statistics institute|the chamber of commerce""".replace("\n", "|").split("|")
ACTS = """presented a revised timetable for|agreed in principle to|postponed a decision on|called for an inquiry into
published the first full account of|announced additional funds for|warned against further delays in|suspended its support for
confirmed that it would back|asked for international help with|rejected the latest draft of|signed a memorandum on
opened consultations about|set out new conditions for|questioned the legal basis of|welcomed the progress of
will report every three months on|resumed talks about|placed under review|approved by a narrow majority""".replace(
    "\n", "|"
).split("|")
MATTERS = """the reconstruction of the northern ports|a shared water treaty|the reform of the customs service
the return of displaced families|a new grain corridor|the inspection of power stations|the exchange of prisoners
the funding of rural clinics|the withdrawal of heavy weapons|a common fisheries zone|the extension of the ceasefire
an early warning system for floods|the restructuring of foreign debt|the census of the border districts
the reopening of the mountain road|the protection of journalists|a vaccination campaign in the east
the recognition of school certificates|the privatisation of the airline|the repair of the main gas pipeline
the election of district councils|the demarcation of the frontier|a pact on seasonal labour
the monitoring of the river basin""".replace("\n", "|").split("|")
TIMES = """on Monday|late on Tuesday|on Wednesday morning|on Thursday|before the weekend|at the end of a three-day meeting
after weeks of silence|earlier this month|in a late-night session|during the summer recess|for the first time in a decade
within hours of the vote|ahead of the donors’ conference|at the start of the rainy season""".replace("\n", "|").split("|")
SOURCES = """according to a statement|people familiar with the talks said|state radio reported|a spokesperson said
the published minutes show|diplomats who took part said|a summary of the meeting says|local newspapers wrote
the official gazette noted|figures released with the decision suggest""".replace("\n", "|").split("|")
EFFECTS = """could affect several hundred thousand people|would bring the programme back on schedule
leaves the question of costs open|is likely to be tested in court|has been expected since the spring
would double the capacity of the crossing|depends on the consent of the provinces|goes further than earlier promises
may ease the shortage before winter|falls short of what the auditors had asked for|has drawn protests in two cities
meets one of the lenders’ main demands|would take effect at the turn of the year|replaces a rule that dates from the 1990s
""".strip().replace("\n", "|").split("|")
REASONS = """because the rains came late|since the earlier agreement had lapsed|as prices for fuel and flour went on rising
after inspectors had found serious defects|while the armed groups held the road|although the budget had already been cut
because both chambers must agree|as long as no successor has been named|since the register of voters is incomplete
while the insurers refuse to cover the route""".replace("\n", "|").split("|")
SPEAKERS = """The minister|The head of the delegation|A senior official|The chief negotiator|The governor|The envoy
The head of the commission|A doctor at the regional hospital|The harbour master|A member of the council""".replace(
    "\n", "|"
).split("|")
OUTLETS = """Harbour News Agency|The Meridian|Daily Register|Continental Wire|Gazette of the Basin|River Post
The Northern Courier|Public Radio Service|Institute for Border Studies|Observatory of Public Finance""".replace(
    "\n", "|"
).split("|")
HEADS = """What was agreed|What remains open|Background|The next steps|Reactions|The figures|A long dispute|On the ground
The legal question|Who pays|How it came about|The view from the capital|Calendar|Risks""".replace("\n", "|").split("|")
UNITS = "tonnes|households|kilometres|hectares|million dollars|beds|vehicles|megawatts|pupils|vessels".split("|")

SENTENCES = [
    "{Actor} {act} {matter} {time}, {source}.",
    "{Time}, {actor} {act} {matter}, which {effect}.",
    "The plan for {matter} covers {number} {unit} and {effect}, {source}.",
    "{Actor} had {act} {matter} two years ago, {reason}.",
    "In {place}, {actor} {act} {matter} {reason}, and the outcome {effect}.",
    "The decision {effect}; {actor} {act} {matter} {time}.",
    "{Source}, {actor} {act} {matter}, while {actor2} {act2} {matter2}.",
    "Some {number} {unit} are at stake in {place}, where {matter} {effect}.",
    "Talks on {matter} will continue in {place} {time}.",
    "By comparison, {place} spent the equivalent of {number} {unit} on {matter}, {reason}.",
    "Neither {actor} nor {actor2} would say whether {matter} {effect}.",
    "“It is a step that {effect},” said one participant; {actor} {act} {matter} all the same.",
    "{Actor}, which {act} {matter} {time}, put the number at {number} {unit}.",
    "A first tranche of {number} {unit} has been released for {matter}.",
]
TITLES = [
    "{Actor} and {place}: {matter}",
    "{Place}: {actor} at odds over {matter}",
    "Agreement in {place} on {matter}",
    "{Place} looks again at {matter}",
    "How {matter} divides {place}",
    "What {matter} means for {place}",
]
POINTS = [
    "{Actor} {act} {matter}.",
    "The decision on {matter} {effect}.",
    "{Number} {unit} are set aside for {matter}, {source}.",
    "Talks in {place} go on, {reason}.",
]
QUOTATIONS = [
    "We asked for clarity on {matter}, and what we were given {effect}.",
    "Nobody in {place} expects that {matter} will be settled {time}. What counts is that both sides stay in the room.",
    "Without {number} {unit}, {matter} {effect}.",
]

_SLOT = re.compile(r"\{(\w+)\}")


def _capital(words: list[str]) -> list[str]:
    return [word[0].upper() + word[1:] for word in words]


_LISTS = {
    "actor": ACTORS,
    "actor2": ACTORS,
    "act": ACTS,
    "act2": ACTS,
    "matter": MATTERS,
    "matter2": MATTERS,
    "time": TIMES,
    "source": SOURCES,
    "effect": EFFECTS,
    "reason": REASONS,
    "unit": UNITS,
    "Actor": _capital(ACTORS),
    "Time": _capital(TIMES),
    "Source": _capital(SOURCES),
    "number": [f"{n:,}" for n in (14, 26, 75, 120, 340, 480, 900, 1250, 3600, 7400, 12800, 45000, 160000)],
}
_LISTS["Number"] = _LISTS["number"]


class Pattern:
    """A sentence with slots, taken apart once so that filling it a million times is cheap."""

    def __init__(self, text: str) -> None:
        parts = _SLOT.split(text)
        self._parts: list[tuple[str, list[str] | None]] = []
        for literal, slot in zip(parts[::2], [*parts[1::2], ""], strict=True):
            self._parts.append((literal, _LISTS.get(slot, [])))
            if slot in ("place", "Place"):
                self._parts[-1] = (literal, None)

    def fill(self, rng: Random, places: list[str]) -> str:
        """The sentence with a word for each slot; `places` stand where it names one."""
        out = []
        draw = rng.random
        for literal, words in self._parts:
            out.append(literal)
            chosen = places if words is None else words
            if chosen:
                out.append(chosen[int(draw() * len(chosen))])
        return "".join(out)


def patterns(texts: list[str]) -> list[Pattern]:
    """Each text as a pattern."""
    return [Pattern(text) for text in texts]

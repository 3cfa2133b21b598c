"""Full-text search of the rules: statements and clauses first, then what this tool adds to them.

Full-width and half-width, which brackets, capitals and spaces do not matter. Nothing typed is a pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from indicators.model import Indicator, Library, Policy, Standard
from indicators.references import clauses_under_headings

HitKind = Literal["heading", "statement", "clause", "evidence", "guidance", "note"]
OURS: tuple[HitKind, ...] = ("evidence", "guidance", "note")  # in the order they are told
LONGEST = 100  # 再长的查询不是查找，只会拖慢所有人
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# 国发〔2016〕36号 is typed with whatever brackets the keyboard gives: all are compared as round ones.
_BRACKETS = {**dict.fromkeys("〔【［[（", "("), **dict.fromkeys("〕】］]）", ")")}
_ALIKE = str.maketrans(
    {**{chr(code): narrow for code, narrow in _WIDE.items()}, **_BRACKETS, **dict.fromkeys("—–－～", "-")}
)
_QUOTES = str.maketrans("“”„‘’", '"""' + "''")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HitPiece:
    """A run of a hit's text; ``matched`` where it is what was looked for."""

    text: str
    matched: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which the words stand, and its place: a row of ``standards``, or a clause of ``policy``.

    A ``heading`` is a section or topic (its place is its first row), a document (place empty) or a part of one.
    ``spans``: where the words stand in ``text``, in order, not overlapping; none when the place was asked by number.
    """

    kind: HitKind
    place: str
    heading: str
    text: str
    spans: tuple[Span, ...]
    standards: tuple[str, ...] = ()
    policy: str | None = None

    @property
    def ours(self) -> bool:
        """Whether the text is this tool's and not a document's."""
        return self.kind in OURS

    def pieces(self, around: int = 48) -> tuple[HitPiece, ...]:
        """The text around its matches (``around`` characters either side); what lies further off becomes ……."""
        if not self.spans:
            shown = self.text[: 3 * around]
            return (HitPiece(shown + ("……" if len(shown) < len(self.text) else ""), matched=False),)
        pieces: list[HitPiece] = []
        at = 0
        for start, end in self.spans:
            pieces += _between(self.text, at, start, around, first=at == 0)
            pieces.append(HitPiece(self.text[start:end], matched=True))
            at = end
        rest = self.text[at : at + around]
        pieces.append(HitPiece(rest + ("……" if at + around < len(self.text) else ""), matched=False))
        return tuple(piece for piece in pieces if piece.text)


def _between(text: str, start: int, end: int, around: int, *, first: bool) -> Iterator[HitPiece]:
    room = around if first else 2 * around
    if end - start <= room:
        yield HitPiece(text[start:end], matched=False)
        return
    head = "" if first else text[start : start + around]
    yield HitPiece(f"{head}……{text[end - around : end]}", matched=False)


@lru_cache(maxsize=8192)
def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text normalised for comparison, and for each character of that its index in ``text``."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text.translate(_ALIKE).translate(_QUOTES)):
        if sign.isspace():
            continue
        for lower in sign.lower():
            signs.append(lower)
            places.append(place)
    return "".join(signs), tuple(places)


def found_in(text: str, query: str) -> tuple[Span, ...]:
    """Spans of the text that match: the query as a whole, else all of its words in any order, else none."""
    haystack, places = folded(text)
    whole = folded(query)[0]
    if not whole or not haystack:
        return ()
    spans = list(_occurrences(haystack, whole))
    if not spans:
        words = [word for typed in query.split() if (word := folded(typed)[0])]
        by_word = [list(_occurrences(haystack, word)) for word in words]
        if len(words) < 2 or not all(by_word):  # noqa: PLR2004 - one word has been looked for already
            return ()
        spans = _joined(span for several in by_word for span in several)
    return tuple((places[start], places[end - 1] + 1) for start, end in spans)


def search(library: Library, query: str) -> tuple[Hit, ...]:
    """Every hit: headings, statements, clauses, then ours; a text several standards share is one hit.

    A row's or clause's own number (3.3.2, 五（三）) finds that place. An empty or over-long query finds nothing.
    """
    if not folded(query)[0] or len(query) > LONGEST:
        return ()
    rows = list(_row_hits(library.standards.values(), query))
    clauses = [hit for policy in library.policies.values() for hit in _clause_hits(policy, query)]
    return (
        *_standard_headings(library.standards.values(), query),
        *(hit for policy in library.policies.values() for hit in _document_headings(policy, query)),
        *(hit for hit in rows if not hit.ours),
        *clauses,
        *(hit for kind in OURS for hit in rows if hit.kind == kind),
    )


def _standard_headings(standards: Iterable[Standard], query: str) -> Iterator[Hit]:
    headings: dict[tuple[str, str, str], list[str]] = {}
    for standard in standards:
        for section in standard.sections:
            rows = {
                topic.id: [row.id for row in standard.indicators if row.topic == topic.id] for topic in section.topics
            }
            first = next((ids[0] for ids in rows.values() if ids), None)
            if first is not None:
                headings.setdefault((first, "项目", section.title), []).append(standard.id)
            for topic in section.topics:
                if rows[topic.id]:
                    headings.setdefault((rows[topic.id][0], "内容", topic.title), []).append(standard.id)
    for (row, what, title), where in headings.items():
        if spans := found_in(title, query):
            yield Hit("heading", row, what, title, spans, standards=tuple(where))


def _document_headings(policy: Policy, query: str) -> Iterator[Hit]:
    named = f"{policy.title}（{policy.number}）" if policy.number else policy.title
    if spans := found_in(named, query):
        yield Hit("heading", "", "政策文件", named, spans, policy=policy.id)
    for headings, clause in clauses_under_headings(policy):
        for heading in headings:
            if spans := found_in(heading.title, query):
                yield Hit("heading", clause.id, f"第{heading.id}部分", heading.title, spans, policy=policy.id)


def _row_hits(standards: Iterable[Standard], query: str) -> Iterator[Hit]:
    wanted = folded(query)[0]
    texts: dict[tuple[str, HitKind, str], tuple[str, list[str]]] = {}
    for standard in standards:
        titles = {topic.id: topic.title for section in standard.sections for topic in section.topics}
        for row in standard.rows():
            heading = titles.get(row.topic, "")
            for kind, text in dict.fromkeys(_texts(row)):
                key = (row.id, kind, text)
                texts.setdefault(key, (heading, []))[1].append(standard.id)
    order = {row_id: place for place, row_id in enumerate(dict.fromkeys(row_id for row_id, _, _ in texts))}
    for (row_id, kind, text), (heading, where) in sorted(texts.items(), key=lambda item: order[item[0][0]]):
        spans = found_in(text, query)
        numbered = kind == "statement" and folded(row_id)[0] == wanted
        if spans or numbered:
            yield Hit(kind, row_id, heading, text, spans, standards=tuple(where))


def _texts(row: Indicator) -> Iterator[tuple[HitKind, str]]:
    yield "statement", row.statement
    for requirement in row.evidence:
        yield "evidence", requirement.label
    if row.guidance:
        yield "guidance", row.guidance
    for note in row.notes:
        yield "note", note


def _clause_hits(policy: Policy, query: str) -> Iterator[Hit]:
    wanted = folded(query)[0]
    for clause in policy.clauses:
        spans = found_in(clause.text, query)
        named = folded(clause.id)[0] == wanted or bool(found_in(clause.heading, query))
        if spans or named:
            yield Hit("clause", clause.id, clause.heading, clause.text, spans, policy=policy.id)


def _occurrences(haystack: str, needle: str) -> Iterator[Span]:
    at = haystack.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = haystack.find(needle, at + len(needle))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans, overlapping ones merged."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined

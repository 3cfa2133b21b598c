"""Which entry of a submission is meant: its kind and its key, as the store keeps them in two columns.

The text form ``answer/3.3.2`` exists at the edges only: in the items of a return, in widget keys, in the audit log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol, cast, get_args

from scoring.submission import FORM_LABELS, LEVEL_OF_OPINION, LEVELS, Level, OpinionLevel, ReviewLevel

Kind = Literal[
    "fact", "form", "answer", "veto", "evidence", "local",
    "assignment", "sent_back", "correction", "explanation", "carried", "given",
    "finding.prefecture", "finding.province", "doubt.prefecture", "doubt.province", "note.prefecture", "note.province",
    "site_visit", "visit_plan.prefecture", "visit_plan.province",
    "opinion.county_government", "opinion.prefecture", "opinion.province",
    "scan.county_government", "scan.prefecture", "scan.province",
]  # fmt: skip
KINDS: frozenset[str] = frozenset(get_args(Kind))
# What the county fills in: the sections of the exchange file. ``assignment``, ``correction``, ``explanation`` (of what
# an automatic check found), ``carried`` (what an earlier round said, `workflow.carrying`) and ``given`` (facts from
# above, `workflow.rounds.giving`) are this system's.
CONTENT_KINDS: frozenset[Kind] = frozenset({"fact", "form", "answer", "veto", "evidence", "local"})
FINDING_KINDS: Mapping[ReviewLevel, Kind] = {"prefecture": "finding.prefecture", "province": "finding.province"}
DOUBT_KINDS: Mapping[ReviewLevel, Kind] = {"prefecture": "doubt.prefecture", "province": "doubt.province"}
NOTE_KINDS: Mapping[ReviewLevel, Kind] = {"prefecture": "note.prefecture", "province": "note.province"}
VISIT_PLAN_KINDS: Mapping[ReviewLevel, Kind] = {
    "prefecture": "visit_plan.prefecture", "province": "visit_plan.province",
}  # fmt: skip
OPINION_KINDS: Mapping[OpinionLevel, Kind] = {
    "county_government": "opinion.county_government", "prefecture": "opinion.prefecture",
    "province": "opinion.province",
}  # fmt: skip
SCAN_KINDS: Mapping[OpinionLevel, Kind] = {  # 盖章扫描件: the scan of an opinion as it was printed and sealed
    "county_government": "scan.county_government", "prefecture": "scan.prefecture", "province": "scan.province",
}  # fmt: skip
REVIEW_KINDS: frozenset[Kind] = frozenset(
    {
        *FINDING_KINDS.values(), *DOUBT_KINDS.values(), *NOTE_KINDS.values(), *VISIT_PLAN_KINDS.values(),
        *OPINION_KINDS.values(), *SCAN_KINDS.values(), "site_visit",
    }
)  # fmt: skip
_OF_A_LEVEL = (FINDING_KINDS, DOUBT_KINDS, NOTE_KINDS, VISIT_PLAN_KINDS)
_LEVELS: Mapping[Kind, Level] = {
    **{kind: LEVEL_OF_OPINION[opinion] for kinds in (OPINION_KINDS, SCAN_KINDS) for opinion, kind in kinds.items()},
    **{kind: level for kinds in _OF_A_LEVEL for level, kind in kinds.items()},
}
Path = tuple[str, ...]  # where in an entry's body; empty = the whole of it
NEW = "+"  # begins the key of what is only being made: a document, a note get their number when they are saved
ONLY = "-"  # the key of an entry that a submission holds once
LOCAL_POLICIES = "policies"  # the key of the local entry that says which documents apply

_NAMES: Mapping[Kind, str] = {
    "fact": "县情的这一项",
    "form": "申报表的这一栏",
    "answer": "指标",
    "veto": "一票否决",
    "evidence": "佐证材料",
    "local": "地方文件对照",
    "site_visit": "实地评估记录",
    "assignment": "分工",
    "sent_back": "退回的分工",
    "correction": "补正情况",
    "explanation": "对提醒的说明",
    "carried": "沿用的内容",
    "given": "上级给出的县情",
    **dict.fromkeys(FINDING_KINDS.values(), "认定"),
    **dict.fromkeys(DOUBT_KINDS.values(), "存疑"),
    **dict.fromkeys(NOTE_KINDS.values(), "备注"),
    **dict.fromkeys(VISIT_PLAN_KINDS.values(), "实地评估计划"),
    **dict.fromkeys(OPINION_KINDS.values(), "推荐意见"),
    **dict.fromkeys(SCAN_KINDS.values(), "推荐意见的盖章扫描件"),
}


class Stored(Protocol):
    """A record of the store that belongs to an entry: the entry itself, one of its versions, one of its steps."""

    @property
    def kind(self) -> str:
        """The column."""

    @property
    def key(self) -> str:
        """The column."""


class Target(NamedTuple):
    """One entry. ``key``: a row id, a fact's or field's id, a document's id, ``policy/commitment``, ``level/number``.

    An empty key stands for all entries of the kind (a screen's form that shows them together).
    """

    kind: Kind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}" if self.key else self.kind

    @classmethod
    def parse(cls, text: str) -> Target:
        """The reverse of ``str()``. Raises ValueError where there is no such kind."""
        kind, _, key = text.partition("/")
        if kind not in KINDS:
            raise ValueError(text)
        return cls(cast("Kind", kind), key)  # checked in the line above

    @classmethod
    def of(cls, stored: Stored) -> Target:
        """The entry a record of the store belongs to."""
        return cls(cast("Kind", stored.kind), stored.key)  # nothing else is ever written: `permissions.edit_refusal`

    @classmethod
    def fact(cls, fact_id: str) -> Target:
        """One of the facts the county is asked once."""
        return cls("fact", fact_id)

    @classmethod
    def form(cls, field: str) -> Target:
        """A field of the 申报表."""
        return cls("form", field)

    @classmethod
    def answer(cls, row_id: str) -> Target:
        """The county's answer to an indicator."""
        return cls("answer", row_id)

    @classmethod
    def veto(cls, row_id: str) -> Target:
        """The county's declaration on a veto."""
        return cls("veto", row_id)

    @classmethod
    def evidence(cls, item_id: str) -> Target:
        """A document of the evidence register."""
        return cls("evidence", item_id)

    @classmethod
    def local_answer(cls, policy_id: str, commitment_id: str) -> Target:
        """The county's answer to a commitment of a local document."""
        return cls("local", f"{policy_id}/{commitment_id}")

    @classmethod
    def local_policies(cls) -> Target:
        """Which local documents apply to the county."""
        return cls("local", LOCAL_POLICIES)

    @classmethod
    def assignment(cls, key: str) -> Target:
        """Which departments answer a row (its id) or a commitment (``policy/commitment``)."""
        return cls("assignment", key)

    @classmethod
    def sent_back(cls, key: str) -> Target:
        """The departments that say what is assigned under that key is not theirs, each with its reason."""
        return cls("sent_back", key)

    @classmethod
    def correction(cls, return_number: int, item_number: int) -> Target:
        """The county's words on one item of a return."""
        return cls("correction", f"{return_number}/{item_number}")

    @classmethod
    def explanation(cls, key: str) -> Target:
        """The county's words on what an automatic check found at a place (`scoring.checks.named_checks`)."""
        return cls("explanation", key)

    @classmethod
    def carried(cls) -> Target:
        """What was carried over from the county's earlier submission."""
        return cls("carried", ONLY)

    @classmethod
    def given(cls, fact_id: str) -> Target:
        """A fact that prefecture or province give once for all their counties; it stands in the county's place."""
        return cls("given", fact_id)

    @classmethod
    def townships(cls) -> Target:
        """What townships and subdistricts counted, summed as proposals."""
        return cls("carried", "townships")

    @classmethod
    def finding(cls, level: ReviewLevel, row_id: str) -> Target:
        """A review level's finding on a row."""
        return cls(FINDING_KINDS[level], row_id)

    @classmethod
    def doubt(cls, level: ReviewLevel, row_id: str) -> Target:
        """A review level's doubt about a row."""
        return cls(DOUBT_KINDS[level], row_id)

    @classmethod
    def note(cls, level: ReviewLevel, number: str) -> Target:
        """A review level's note to itself or to the county: 001, 002, …"""
        return cls(NOTE_KINDS[level], number)

    @classmethod
    def opinion(cls, level: OpinionLevel) -> Target:
        """The 推荐意见 that a level signs."""
        return cls(OPINION_KINDS[level], ONLY)

    @classmethod
    def scan(cls, level: OpinionLevel) -> Target:
        """The sealed scan of a level's 推荐意见."""
        return cls(SCAN_KINDS[level], ONLY)

    @classmethod
    def site_visit(cls, level: ReviewLevel, number: int) -> Target:
        """A visit of a review level, numbered from 1."""
        return cls("site_visit", f"{level}/{number:03d}")

    @classmethod
    def visit_plan(cls, level: ReviewLevel) -> Target:
        """What a review level means to look at on the spot."""
        return cls(VISIT_PLAN_KINDS[level], ONLY)

    @property
    def is_content(self) -> bool:
        """Whether the county fills it in and the exchange file holds it."""
        return self.kind in CONTENT_KINDS

    @property
    def is_new(self) -> bool:
        """Whether it is a document or a note that gets its number when it is saved (`workflow.entries.numbering`)."""
        return (self.kind == "evidence" or self.is_note) and self.key.startswith(NEW)

    @property
    def stated(self) -> Target:
        """The entry it speaks for: a given fact for the county's own, any other for itself."""
        return Target.fact(self.key) if self.kind == "given" else self

    @property
    def is_answer(self) -> bool:
        """Whether it answers a row of a standard; its key is the row's id."""
        return self.kind in {"answer", "veto"}

    @property
    def is_finding(self) -> bool:
        """Whether it is a review level's finding; its key is the row's id."""
        return self.kind in FINDING_KINDS.values()

    @property
    def is_doubt(self) -> bool:
        """Whether it is a review level's doubt; its key is the row's id."""
        return self.kind in DOUBT_KINDS.values()

    @property
    def is_note(self) -> bool:
        """Whether it is a review level's note."""
        return self.kind in NOTE_KINDS.values()

    @property
    def is_visit_plan(self) -> bool:
        """Whether it is a review level's plan of a visit."""
        return self.kind in VISIT_PLAN_KINDS.values()

    @property
    def is_opinion(self) -> bool:
        """Whether it is one of the three 推荐意见."""
        return self.kind in OPINION_KINDS.values()

    @property
    def is_scan(self) -> bool:
        """Whether it is the sealed scan of one of them."""
        return self.kind in SCAN_KINDS.values()

    @property
    def parts(self) -> tuple[str, str]:
        """The key in two: policy and commitment, level and number, return and item, check and place; or the second
        empty."""
        first, _, second = self.key.partition("/")
        return first, second

    @property
    def level(self) -> Level | None:
        """Whose words it holds: what a level found, doubts, saw or says; None for the county's content."""
        if self.kind == "site_visit":
            return next((level for level in LEVELS if level == self.parts[0]), None)
        return _LEVELS.get(self.kind)

    @property
    def label(self) -> str:
        """What a message calls it: 指标 3.3.2, 佐证材料 E01, 推荐意见, 申报表“负责人姓名”."""
        if self.kind == "form" and self.key in FORM_LABELS:
            return f"申报表“{FORM_LABELS[self.key]}”"
        if self.is_new and not self.is_note:
            return "新登记的材料"
        if self == Target.townships():
            return "乡镇（街道）汇总数"
        name = _NAMES.get(self.kind, "这项内容")
        of_row = self.is_answer or self.is_finding or self.is_doubt
        return f"{name} {self.key}" if of_row or self.kind == "evidence" else name


def form_field(item: str) -> str | None:
    """The 申报表 field an item of a return names (``form/narrative``); None where it names a row (``3.3.2``)."""
    return item.removeprefix("form/") if item.startswith("form/") else None

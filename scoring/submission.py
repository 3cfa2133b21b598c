"""A county's submission as plain, frozen data: the shape of the exchange file (DESIGN §4) once read and checked.

Numbers are ``int`` or ``Decimal``, dates ``datetime.date``, everything may be absent but round and division.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from indicators.model import vocabulary
from scoring.days import DocumentDate
from scoring.searched import Searched

# Level: at which a submission is judged. ReviewLevel: whose reviewers find, visit, return. OpinionLevel: who signs.
Level = vocabulary.Level
ReviewLevel = Literal["prefecture", "province"]
OpinionLevel = vocabulary.OpinionLevel
LEVELS: tuple[Level, ...] = get_args(Level)
REVIEW_LEVELS: tuple[ReviewLevel, ...] = ("prefecture", "province")
OPINION_OF: Mapping[Level, OpinionLevel] = {
    "county": "county_government",
    "prefecture": "prefecture",
    "province": "province",
}
OPINION_LEVELS: tuple[OpinionLevel, ...] = tuple(OPINION_OF.values())
LEVEL_OF_OPINION: Mapping[OpinionLevel, Level] = {opinion: level for level, opinion in OPINION_OF.items()}
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """The round's 申报期, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Round:
    """批次: the standards it pins (ids, in order), its period, and the last day the county may apply, where known."""

    id: str
    standards: tuple[str, ...]
    period: Period
    apply_by: date | None = None

    @property
    def cut_off(self) -> date:
        """截止日: up to which day the county's papers count; the end of the period where nothing else is said."""
        return self.apply_by or self.period.last


@dataclass(frozen=True, slots=True)
class Division:
    """The county: six-digit code (invented ones 99xxxx) and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact a person judged: ``{value, reason}``."""

    value: bool | None = None
    reason: str | None = None


FactValue = Number | str | bool | Judged


@dataclass(frozen=True, slots=True)
class Part:
    """A rate: numerator (part) and denominator (whole); either may be missing in a half-filled file."""

    numerator: Number | None = None
    denominator: Number | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """A coverage with a whole of its own."""

    covered: Number | None = None
    whole: Number | None = None


# In the place of the years: a yearly figure of which only the total is known; kept, never judged as any year's.
TOTAL = "total"
# By kind: count, amount, zero, coverage of facts: Number; `per: year`: {"2017": Number} (with a whole of its own:
# {"2017": Covered}); rate: Part; coverage with its own whole: Covered; all_of, some_of: item ids; yes_no: bool.
NumberFigure = Number | Part | Covered
Figure = NumberFigure | bool | tuple[str, ...] | Mapping[str, NumberFigure]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's answer to a word that is never computed; without ``reason`` it does not count."""

    fulfilled: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a county says of one indicator or veto. ``claims`` overrides ``claim`` for one standard id."""

    claim: str | None = None
    claims: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    measures: Mapping[str, Figure] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    nil_return: str | None = None
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def claim_for(self, standard_id: str) -> str | None:
        """The claim that counts under this standard; an event that is there is there under every standard."""
        if "present" in (self.claim, *self.claims.values()):
            return "present"
        return self.claims.get(standard_id, self.claim)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the evidence register: ``label`` everywhere, ``hint`` beside it where it is typed.

    ``typed``: a person types it in the register; the others come with an uploaded file. ``options``: the vocabulary's
    list it is chosen from, and then never left open on a page.
    """

    label: str
    hint: str = ""
    typed: bool = True
    options: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One document of the register; its ``kind`` is of the vocabulary's ``evidence_kinds``. ``file`` and ``sha256``
    name bytes kept elsewhere; never opened here.

    A new column is declared here; file, form, table, comparison and privacy check follow. One that is no plain text
    also needs its reading in `scoring.exchange.reading` and `scoring.entry.register`.
    """

    title: str | None = field(default=None, metadata={"column": Column("题名")})
    kind: str | None = field(default=None, metadata={"column": Column("种类", options="evidence_kinds")})
    document_number: str | None = field(default=None, metadata={"column": Column("文号")})
    issuer: str | None = field(default=None, metadata={"column": Column("责任者", "发文单位")})
    date: DocumentDate | None = field(default=None, metadata={"column": Column("日期")})
    valid_until: DocumentDate | None = field(default=None, metadata={"column": Column("有效期至")})
    pages: int | None = field(default=None, metadata={"column": Column("页数")})
    holder: str | None = field(default=None, metadata={"column": Column("保管单位")})
    box: str | None = field(default=None, metadata={"column": Column("盒号", "归档装盒")})
    order: str | None = field(default=None, metadata={"column": Column("盒内序号")})
    file: str | None = field(default=None, metadata={"column": Column("文件名", typed=False)})
    sha256: str | None = field(default=None, metadata={"column": Column("SHA-256", typed=False)})


EVIDENCE_COLUMNS: Mapping[str, Column] = {column.name: column.metadata["column"] for column in fields(EvidenceItem)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A reviewer's finding on one row at one level (vocabulary findings / veto_findings). ``searched``: the record of
    the search where 舆情监测 is among the methods. ``evidence``: the material looked at. ``measures``: findings
    on single measures of a row of several; told, and no verdict is computed from them."""

    finding: str
    methods: tuple[str, ...] = ()
    reason: str | None = None
    date: date | None = None
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    searched: Searched | None = None
    measures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture taken on a visit, the sealed scan of an opinion: its name and its bytes' SHA-256."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """An on-site visit by a review level. ``people``: who went, by office and post. ``rows``: row id → what was seen
    there; a row counts as seen on the spot only where it is named."""

    level: ReviewLevel
    date: date | None = None
    places: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    notes: str | None = None
    people: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """推荐意见 of county_government, prefecture or province; ``text`` prints, ``scan`` (盖章扫描件) does not."""

    text: str | None = None
    date: date | None = None
    by: str | None = None
    scan: Attachment | None = None


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the 申报表. ``phone``: may hold a mobile number; ``long``: running text in a box of its own."""

    label: str
    phone: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The 申报表's own fields: declared here, placed on paper by ``templates/layouts/application_form.yaml``."""

    unit_name: str | None = field(default=None, metadata={"field": FormField("单位名称")})
    leader_name: str | None = field(default=None, metadata={"field": FormField("负责人姓名")})
    leader_phone: str | None = field(default=None, metadata={"field": FormField("电话号码", phone=True)})
    contact_name_and_title: str | None = field(default=None, metadata={"field": FormField("联系人姓名及职务")})
    contact_phones: str | None = field(
        default=None, metadata={"field": FormField("联系方式（办公电话及手机）", phone=True)}
    )
    narrative: str | None = field(default=None, metadata={"field": FormField("基本情况及主要工作", long=True)})


FORM_FIELDS: Mapping[str, FormField] = {field_.name: field_.metadata["field"] for field_ in fields(Form)}
FORM_LABELS: Mapping[str, str] = {name: field_.label for name, field_ in FORM_FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Done:
    """Whether what a local document sets a date for is done, and when: ``date`` is YYYY, YYYY-MM or YYYY-MM-DD."""

    done: bool | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A county's own amount, and the other amount beside which a document puts it (不低于孤儿标准)."""

    own: Number | None = None
    other: Number | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """What a document promises of each member (每个乡镇), given one by one: its name → the number. Never required."""

    each: Mapping[str, Number] = field(default_factory=dict)


# By the commitment's kind: amount, ratio (percent), count: Number, or where it says ``than`` Beside, where it says
# ``per`` Members if the county likes; deadline: Done; duty: Judgement.
LocalAnswer = Number | Done | Judgement | Beside | Members


@dataclass(frozen=True, slots=True)
class Local:
    """What the county says under its local policy documents (地方文件对照). Advisory: no verdict ever reads it.

    ``policies``: ids of the documents that apply, None = by the division's code. ``answers``: policy → commitment.
    """

    policies: tuple[str, ...] | None = None
    answers: Mapping[str, Mapping[str, LocalAnswer]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """The whole exchange file. ``findings`` is level → row id → finding; ``opinions`` is level → opinion."""

    round: Round
    division: Division
    shows: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    form: Form = field(default_factory=Form)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    vetoes: Mapping[str, Answer] = field(default_factory=dict)
    evidence: Mapping[str, EvidenceItem] = field(default_factory=dict)
    findings: Mapping[ReviewLevel, Mapping[str, Finding]] = field(default_factory=dict)
    site_visits: tuple[SiteVisit, ...] = ()
    opinions: Mapping[OpinionLevel, Opinion] = field(default_factory=dict)
    local: Local = field(default_factory=Local)

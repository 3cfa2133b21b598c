"""The closed shapes of the rules files: unknown keys are refused, nothing is coerced.

Validation only; these objects never leave the reader. ``indicators.build`` turns them into `indicators.model`.
Conditions and bounds come out as the model's own objects already.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from indicators.model import (
    Bound,
    CommitmentKind,
    Condition,
    Consequence,
    Dated,
    FactKind,
    MeasureKind,
    Number,
    Relation,
)

CONDITION_TESTS = ("is", "in", "at_least", "at_most")
CONDITION_SHAPE = "条件写作 {fact: …, is|in|at_least|at_most: …}、{all: […]} 或 {any: […]}"


def _fault(message: str) -> PydanticCustomError:
    # The message goes in as a value: braces in a template would be taken for placeholders.
    return PydanticCustomError("zh", "{text}", {"text": message})


def _trimmed(value: object) -> object:
    if isinstance(value, str) and value != value.strip():
        raise _fault("首尾有空白或换行；请删去（多行文字用“>-”或“|-”）")
    return value


def _number(value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise _fault("应为数字，不加引号")
    return value


def _natural(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _fault("应为不小于0的整数，不加引号")
    return value


def _bound(value: object) -> Bound:
    if isinstance(value, dict):
        if set(value) == {"fact"} and isinstance(value["fact"], str):
            return Bound(fact=value["fact"])
        raise _fault("限值应为数字或 {fact: 县情编号}")
    return Bound(number=_number(value))


def _condition(value: object) -> Condition:
    if not isinstance(value, dict) or not value:
        raise _fault(f"{CONDITION_SHAPE}；没有条件就删去这一项")
    keys = set(value)
    if keys in ({"all"}, {"any"}):
        op: Literal["all", "any"] = "all" if "all" in keys else "any"
        if not isinstance(value[op], list) or not value[op]:
            raise _fault(f"“{op}”后应为条件的列表，至少一条")
        return Condition(op=op, parts=tuple(_condition(part) for part in value[op]))
    tests = keys - {"fact"}
    if "fact" not in keys or not isinstance(value["fact"], str) or len(tests) != 1 or tests - set(CONDITION_TESTS):
        raise _fault(f"{CONDITION_SHAPE}；每个条件只比较一次")
    (test,) = tests
    return _fact_test(value["fact"], test, value[test])


def _fact_test(fact: str, test: str, against: object) -> Condition:
    if test == "is":
        if not isinstance(against, (bool, str)):
            raise _fault("“is”后应为 true、false 或词表里的标识")
        return Condition(op="is", fact=fact, value=against)
    if test == "in":
        if not isinstance(against, list) or not against or not all(isinstance(one, str) for one in against):
            raise _fault("“in”后应为标识的列表，至少一个")
        return Condition(op="in", fact=fact, value=tuple(against))
    return Condition(op="at_least" if test == "at_least" else "at_most", fact=fact, value=_number(against))


def _of(value: object) -> tuple[str, ...]:
    if isinstance(value, dict) and set(value) == {"fact"} and isinstance(value["fact"], str):
        return (value["fact"],)
    if isinstance(value, dict) and set(value) == {"sum"}:
        parts = value["sum"]
        if isinstance(parts, list) and len(parts) > 1 and all(isinstance(one, str) for one in parts):
            return tuple(parts)
    raise _fault("应写作 {fact: 县情编号} 或 {sum: [县情编号, 县情编号]}")


Text = Annotated[str, StringConstraints(strict=True, min_length=1), BeforeValidator(_trimmed)]
Identifier = Annotated[Text, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Slug = Annotated[Text, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[Text, StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
Figure = Annotated[int | Decimal, PlainValidator(_number)]
Natural = Annotated[int, PlainValidator(_natural)]
Limit = Annotated[Bound, PlainValidator(_bound)]
When = Annotated[Condition, PlainValidator(_condition)]
Whole = Annotated[tuple[str, ...], PlainValidator(_of)]


class Closed(BaseModel):
    """Strict and closed: what is not named here is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


class SourceIn(Closed):
    """``source``."""

    document: Text
    locator: Text


class MendedIn(Closed):
    """One entry of ``mended``."""

    at: Text
    scanned: str
    mended: str


class TopicIn(Closed):
    """One 内容 of the manifest."""

    id: Text
    title: Text
    indicators: list[Text]


class SectionIn(Closed):
    """One 项目 of the manifest."""

    id: Text
    title: Text
    topics: list[TopicIn]


class FactIn(Closed):
    """One entry of ``facts``."""

    id: Identifier
    label: Text
    kind: FactKind
    unit: Text | None = None
    options: Text | None = None
    quotes: list[Text] = Field(default_factory=list)
    note: Text | None = None


class StandardIn(Closed):
    """``standard.yaml``; an overlay (``extends``) leaves out what it does not change."""

    id: Slug
    title: Text
    issuer: Text
    date: Day
    extends: Slug | None = None
    source: SourceIn
    documents: dict[str, Text] = Field(default_factory=dict)
    sections: list[SectionIn] = Field(default_factory=list)
    vetoes: list[Text] = Field(default_factory=list)
    remove: list[Text] = Field(default_factory=list)
    facts: list[FactIn] = Field(default_factory=list)
    mended: list[MendedIn] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)


class QuantityIn(Closed):
    """``whole``, ``numerator``, ``denominator``."""

    label: Text
    unit: Text


class RequireIn(Closed):
    """``require``."""

    at_least: Limit | None = None
    at_most: Limit | None = None
    unit: Text | None = None


class EachIn(Closed):
    """``each``."""

    at_least: Figure
    per: Literal["year", "week"] | None = None


class MeasureIn(Closed):
    """One measure; which keys its kind needs is checked by `indicators.kinds`."""

    id: Identifier
    kind: MeasureKind
    label: Text
    quotes: list[Text] = Field(min_length=1)
    require: RequireIn | None = None
    per: Literal["year"] | None = None
    unit: Text | None = None
    of: Whole = ()
    whole: QuantityIn | None = None
    each: EachIn | None = None
    numerator: QuantityIn | None = None
    denominator: QuantityIn | None = None
    items: dict[str, Text] = Field(default_factory=dict)
    scope: dict[str, Natural] = Field(default_factory=dict)
    applies_when: When | None = None
    settled_by_nil_return: bool = False
    note: Text | None = None


class EvidenceIn(Closed):
    """One suggested proof."""

    id: Identifier
    label: Text
    kind: Text
    required: bool
    dated: Dated
    supports: list[Text] = Field(default_factory=list)
    holder: Text | None = None


class BasisIn(Closed):
    """One entry of ``policy_basis``."""

    clause: Text
    relation: Relation


class RowIn(Closed):
    """An indicator or veto row; in an overlay only the changed keys, and the four additive ones."""

    id: Text
    label: Text | None = None
    statement: Text | None = None
    source: SourceIn | None = None
    consequence: Consequence | None = None
    methods: list[Text] | None = None
    methods_inherited: bool | None = None
    responsible_units: list[Text] | None = None
    policy_basis: list[BasisIn] | None = None
    applies_when: When | None = None
    measures: list[MeasureIn] | None = Field(default=None, min_length=1)
    evidence: list[EvidenceIn] | None = None
    guidance: Text | None = None
    notes: list[Text] | None = None
    not_figures: dict[str, Text] | None = None
    evidence_add: list[EvidenceIn] = Field(default_factory=list)
    evidence_remove: list[Text] = Field(default_factory=list)
    policy_basis_add: list[BasisIn] = Field(default_factory=list)
    policy_basis_remove: list[Text] = Field(default_factory=list)


class TopicFileIn(Closed):
    """A topic file; its rows are validated one by one, so that one bad row does not hide the next."""

    topic: Text
    methods: list[Text] | None = None
    methods_inherited: bool | None = None
    responsible_units: list[Text] | None = None
    indicators: list[Any] = Field(default_factory=list)


class VetoFileIn(Closed):
    """``vetoes.yaml``."""

    methods: list[Text] | None = None
    methods_inherited: bool | None = None
    responsible_units: list[Text] | None = None
    vetoes: list[Any] = Field(default_factory=list)


class CommitmentIn(Closed):
    """What a clause promises."""

    id: Identifier
    object: Text
    kind: CommitmentKind
    quote: Text
    value: Figure | None = None
    value_to: Figure | None = None
    unit: Text | None = None
    per: Text | None = None
    scope: dict[str, Natural] = Field(default_factory=dict)
    since: Day | None = None
    deadline: Day | None = None
    conflicts_with: list[Text] = Field(default_factory=list)


class ClauseIn(Closed):
    """One clause of a policy document."""

    id: Text
    heading: Text
    text: Text
    responsible_units: list[Text] = Field(default_factory=list)
    commitments: list[CommitmentIn] = Field(default_factory=list)


class PolicyIn(Closed):
    """``policies/*.yaml``."""

    id: Slug
    title: Text
    number: Text | None
    issuer: Text
    date: Day | None
    documents: dict[str, Text] = Field(default_factory=dict)
    sections: dict[str, Text] = Field(default_factory=dict)
    mended: list[MendedIn] = Field(default_factory=list)
    clauses: list[ClauseIn] = Field(min_length=1)


class SchemeIn(Closed):
    """``schemes/*.yaml``."""

    id: Slug
    title: Text
    default_weight: Figure
    weights: dict[str, Figure] = Field(default_factory=dict)
    credit: dict[str, Figure]
    excluded: list[Text] = Field(default_factory=list)

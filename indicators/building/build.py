"""From merged schema values to the plain model."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Literal

from indicators.building.drafts import RowDraft
from indicators.building.fingerprint import fingerprint
from indicators.building.overlay import Merged
from indicators.building.schema import (
    BasisIn,
    CellIn,
    CrossCheckIn,
    EachIn,
    EvidenceIn,
    FactIn,
    FigureRefIn,
    MeasureIn,
    MendedIn,
    QuantityIn,
    RequireIn,
    SchemeIn,
    SourceIn,
    StatementIn,
)
from indicators.building.units import standard_in_words
from indicators.model import (
    AtEndDays,
    Cell,
    Condition,
    CrossCheck,
    DistinctDocuments,
    Each,
    EvidenceRef,
    EvidenceRequirement,
    Fact,
    FigureRef,
    Indicator,
    Measure,
    NeverTogether,
    PolicyBasis,
    Quantity,
    Require,
    ScanCorrection,
    Scheme,
    Section,
    Source,
    Standard,
    Statement,
    StatementTest,
    Topic,
    Vocabulary,
)

VETO_SECTION = "一票否决"


def build_row(merged: Merged, draft: RowDraft) -> Indicator:
    """One row of a merged standard. Its source follows the standard's own root unless the row gives one."""
    values = draft.values
    veto = draft.group == "vetoes"
    section, topic = ("vetoes", "vetoes") if veto else _place(merged, draft.group)
    source: SourceIn | None = values.get("source")
    return Indicator(
        id=draft.id,
        section=section,
        topic=topic,
        label=values["label"],
        statement=values["statement"],
        source=Source(source.document, source.locator) if source else _default_source(merged, draft),
        consequence=values.get("consequence") or ("veto" if veto else "required"),
        methods=tuple(values["methods"]),
        methods_inherited=values["methods_inherited"],
        responsible_units=tuple(values.get("responsible_units") or ()),
        policy_basis=tuple(_basis(basis) for basis in values["policy_basis"]),
        measures=tuple(_measure(measure) for measure in values["measures"]),
        evidence=tuple(_evidence(requirement) for requirement in values["evidence"]),
        applies_when=values.get("applies_when"),
        not_figures=dict(values.get("not_figures") or {}),
        guidance=values.get("guidance"),
        notes=tuple(values.get("notes") or ()),
    )


def build_standard(merged: Merged, rows: dict[str, Indicator], vocabulary: Vocabulary) -> Standard:
    """The whole standard, rows in the manifest's order, with its fingerprint."""
    header, days = merged.header, merged.at_end_days
    sections = tuple(
        Section(section.id, section.title, tuple(Topic(t.id, t.title, tuple(t.indicators)) for t in section.topics))
        for section in merged.sections
    )
    order = [row_id for section in sections for topic in section.topics for row_id in topic.indicators]
    checks = [build_cross_check(check) for check, _ in merged.cross_checks.values()]
    standard = Standard(
        id=header.id,
        title=header.title,
        short_title=header.short_title,
        at_end_days=AtEndDays(days.indicators, days.vetoes) if days else None,
        issuer=header.issuer,
        date=header.date,
        extends=header.extends,
        documents=dict(merged.documents),
        sections=sections,
        facts={fact_id: build_fact(fact) for fact_id, (fact, _) in merged.facts.items()},
        indicators=tuple(rows[row_id] for row_id in order),
        vetoes=tuple(rows[row_id] for row_id in merged.vetoes),
        mended=tuple(_scan_correction(mended) for mended in header.mended),
        notes=tuple(header.notes),
        fingerprint="",
        cross_checks=tuple(check for check in checks if isinstance(check, CrossCheck)),
        distinct_documents=tuple(check for check in checks if isinstance(check, DistinctDocuments)),
        never_together=tuple(check for check in checks if isinstance(check, NeverTogether)),
    )
    return standard_in_words(dataclasses.replace(standard, fingerprint=fingerprint(standard)), vocabulary)


def build_scheme(scheme: SchemeIn) -> Scheme:
    """A scoring scheme; its weights and credits as Decimals."""
    return Scheme(
        id=scheme.id,
        title=scheme.title,
        default_weight=Decimal(scheme.default_weight),
        weights={key: Decimal(value) for key, value in scheme.weights.items()},
        credit={key: Decimal(value) for key, value in scheme.credit.items()},
        excluded=tuple(scheme.excluded),
    )


def _place(merged: Merged, topic_id: str) -> tuple[str, str]:
    for section in merged.sections:
        if any(topic.id == topic_id for topic in section.topics):
            return section.id, topic_id
    return "", topic_id


def _default_source(merged: Merged, draft: RowDraft) -> Source:
    root = merged.header.source
    if draft.group == "vetoes":
        return Source(root.document, f"{root.locator}/{VETO_SECTION}/{draft.values['label']}")
    for section in merged.sections:
        for topic in section.topics:
            if topic.id == draft.group:
                locator = f"{root.locator}/{section.title}/{topic.title}/{draft.values['label']}"
                return Source(root.document, locator)
    return Source(root.document, root.locator)


def _basis(basis: BasisIn) -> PolicyBasis:
    return PolicyBasis(basis.clause, basis.relation)


def _quantity(quantity: QuantityIn | None) -> Quantity | None:
    return Quantity(quantity.label, quantity.unit) if quantity else None


def _require(require: RequireIn | None) -> Require | None:
    return Require(require.at_least, require.at_most, require.unit) if require else None


def _each(each: EachIn | None) -> Each | None:
    return Each(each.at_least, each.per) if each else None


def _cell(cell: CellIn | None) -> Cell | None:
    return Cell(cell.table, cell.column, cell.line) if cell else None


def _measure(measure: MeasureIn) -> Measure:
    return Measure(
        id=measure.id,
        kind=measure.kind,
        label=measure.label,
        quotes=tuple(measure.quotes),
        require=_require(measure.require),
        per=measure.per,
        unit=measure.unit,
        of=tuple(measure.of),
        whole=_quantity(measure.whole),
        each=_each(measure.each),
        numerator=_quantity(measure.numerator),
        denominator=_quantity(measure.denominator),
        items=dict(measure.items),
        scope=dict(measure.scope),
        applies_when=measure.applies_when,
        settled_by_nil_return=measure.settled_by_nil_return,
        same_figures_as=measure.same_figures_as,
        note=measure.note,
        replaces=tuple(measure.replaces),
        noted=tuple(measure.noted),
        whole_above_zero=measure.whole_above_zero,
        in_table=_cell(measure.in_table),
    )


def _evidence(needed: EvidenceIn) -> EvidenceRequirement:
    return EvidenceRequirement(
        needed.id,
        needed.label,
        needed.kind,
        needed.required,
        needed.dated,
        tuple(needed.supports),
        needed.holder,
        needed.only_kind,
        tuple(needed.also_kinds),
    )


def build_fact(fact: FactIn) -> Fact:
    """A declared fact."""
    quotes = tuple(fact.quotes)
    return Fact(
        fact.id, fact.label, fact.kind, fact.unit, fact.options, quotes, fact.note, fact.judged_as, fact.given_by
    )


def build_cross_check(check: CrossCheckIn) -> CrossCheck | DistinctDocuments | NeverTogether:
    """A cross-check: of figures, of statements (``never``), or of documents (``is: distinct``)."""
    effect = check.effect or "warn"
    if check.never is not None:
        statements = tuple(_statement(statement) for statement in check.never)
        return NeverTogether(check.id, statements, check.says, check.applies_when, effect)
    if check.test is None or check.test == "distinct":
        places = tuple(EvidenceRef(*place.split("/", 1)) for place in check.documents or ())
        return DistinctDocuments(check.id, places, check.says, check.applies_when)
    left, right = (tuple(_figure_ref(ref) for ref in side or ()) for side in (check.left, check.right))
    return CrossCheck(check.id, left, check.test, right, check.says, check.applies_when, effect)


def _figure_ref(ref: FigureRefIn) -> FigureRef:
    row, _, measure = (ref.measure or "").partition("/")
    return FigureRef(ref.fact, row or None, measure or None, ref.part, ref.times, ref.number)


def _statement(said: StatementIn) -> Statement:
    if said.any_of is not None:
        return Statement("any", parts=tuple(_statement(part) for part in said.any_of))
    if said.fact is not None:
        return Statement("fact", fact_condition(said))
    if said.nil_return is not None:
        return Statement("nil_return", row=said.nil_return)
    if said.claim is not None:
        return Statement("claim", row=said.claim, word=str(said.equals))
    if said.review is not None:
        return Statement("review", word=said.review)
    return _measure_statement(said)


def _measure_statement(said: StatementIn) -> Statement:
    row, _, measure = (said.measure or "").partition("/")
    about = Statement("measure", row=row, measure=measure, part=said.part)
    if said.includes is not None:
        return dataclasses.replace(about, test="includes", word=said.includes)
    if isinstance(said.equals, bool):
        return dataclasses.replace(about, test="is", yes=said.equals)
    if said.times_last_year is not None:
        return dataclasses.replace(about, test="times_last_year", number=said.times_last_year)
    test: StatementTest = "at_most" if said.at_least is None else "at_least"
    return dataclasses.replace(about, test=test, number=said.at_most if said.at_least is None else said.at_least)


def fact_condition(said: StatementIn) -> Condition:
    """The one test that a statement makes of its fact."""
    if said.one_of is not None:
        return Condition("in", said.fact, tuple(said.one_of))
    if said.equals is not None:
        return Condition("is", said.fact, said.equals)
    op: Literal["at_least", "at_most"] = "at_most" if said.at_least is None else "at_least"
    return Condition(op, said.fact, said.at_most if said.at_least is None else said.at_least)


def _scan_correction(mended: MendedIn) -> ScanCorrection:
    return ScanCorrection(mended.at, mended.scanned, mended.mended)

"""Kinds answered by choosing: ``yes_no``, ``all_of`` and ``some_of`` a list, and ``judgement``, a person's word."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping

from indicators.model import Measure, MeasureKind
from scoring.context import Question
from scoring.kinds.kind import FigureSource, KeyPath, KindBehaviour
from scoring.kinds.nil_returns import settles
from scoring.kinds.outcomes import Outcome, also, fails, holds, missing, say, settled, unfit
from scoring.kinds.typed import Field, Path, TypedValue
from scoring.submission import FactValue, Figure, Number
from scoring.substance import only_repeats
from scoring.visible_text import has_visible_text
from scoring.wording import TRUTHS, Amount, Items, plain, quoted, resolve


class YesNo(KindBehaviour):
    """Whether something is there."""

    def judge(self, question: Question) -> Outcome:
        """Yes holds."""
        figure = question.figure
        if figure is None:
            return missing(question)
        if not isinstance(figure, bool):
            return unfit()
        words = TRUTHS[figure]
        if not figure:
            return fails(question, "answered_no", words)
        return Outcome("holds", words, (say("answered_yes", words),))

    def threshold(self, measure: Measure, facts: Mapping[str, FactValue]) -> str:
        """Always yes."""
        return "是"

    def read(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> bool | None:
        """True or false."""
        return source.yes_no(value, path)

    def fits(self, figure: Figure, measure: Measure) -> bool:
        """True or false."""
        return isinstance(figure, bool)

    def fields(self, measure: Measure, years: Iterable[str]) -> tuple[Field, ...]:
        """One."""
        return (Field((), "yes_no", measure.label),)

    def figure_typed(
        self,
        measure: Measure,
        typed: Mapping[Path, TypedValue],
        stored: Figure | None,
    ) -> bool | None:
        """As chosen."""
        value = typed.get(())
        return value if isinstance(value, bool) else None


class ListKind(KindBehaviour):
    """Which items of the statement's list are there."""

    def judge(self, question: Question) -> Outcome:
        """Ticks in the statement's order; ids the list does not hold count for nothing."""
        figure = question.figure
        if figure is None:
            return missing(question)
        if not isinstance(figure, tuple):
            return unfit()
        measure = question.measure
        unsaid = () if has_visible_text(question.answer.note) else measure.noted
        outcome = self.judge_ticked(question, tuple(i for i in measure.items if i in figure and i not in unsaid))
        if not any(item in figure for item in unsaid):
            return outcome
        items = Items(tuple(item for item in unsaid if item in figure), measure.items)
        if outcome.state == "fails":
            return Outcome("missing", Items(figure, measure.items), (say("item_needs_note", item=items),))
        return also(outcome, (say("item_without_note", item=items),))

    @abstractmethod
    def judge_ticked(self, question: Question, ticked: tuple[str, ...]) -> Outcome:
        """Whether that many are enough."""

    def read(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> tuple[str, ...] | None:
        """A list of item ids, each once."""
        if not isinstance(value, list):
            source.fault(path, f"“{measure.label}”应列出已有的各项，如 [{next(iter(measure.items), '')}]")
            return None

        def item(text: object, at: KeyPath) -> str | None:
            item_id = source.text(text, at)
            if item_id is None or item_id in measure.items:
                return item_id
            source.unknown(item_id, at, measure.items, "选项", key=False)
            return None

        return source.once(source.items(value, path, item), path)

    def fits(self, figure: Figure, measure: Measure) -> bool:
        """A list."""
        return isinstance(figure, tuple)

    def fields(self, measure: Measure, years: Iterable[str]) -> tuple[Field, ...]:
        """One list of ticks."""
        return (Field((), "items", measure.label),)

    def figure_typed(
        self,
        measure: Measure,
        typed: Mapping[Path, TypedValue],
        stored: Figure | None,
    ) -> tuple[str, ...] | None:
        """As ticked; () = 以上均没有."""
        value = typed.get(())
        return value if isinstance(value, tuple) else None


class AllOf(ListKind):
    """Every item of an enumeration of duties."""

    def judge_ticked(self, question: Question, ticked: tuple[str, ...]) -> Outcome:
        """Names what is lacking."""
        items = question.measure.items
        if len(ticked) < len(items):
            lacking = tuple(item for item in items if item not in ticked)
            papers = [e.label for e in question.row.evidence if e.required and question.measure.id in e.supports]
            attached = f"在{quoted(papers)}处" if papers else ""
            given = {"lacking": Items(lacking, items), "attached": attached}
            return fails(question, "items_missing", Items(ticked, items), **given)
        return holds(Items(ticked, items))

    def threshold(self, measure: Measure, facts: Mapping[str, FactValue]) -> str:
        """All of them."""
        return f"{len(measure.items)}项齐备"


class SomeOf(ListKind):
    """At least so many of a list that ends in 等."""

    def judge_ticked(self, question: Question, ticked: tuple[str, ...]) -> Outcome:
        """Counts them."""
        least = _least(question.measure, question.context.facts)
        figure = Items(ticked, question.measure.items)
        if len(ticked) < least:
            return fails(question, "too_few_items", figure, number=len(ticked), bound=Amount(least, None))
        return holds(figure)

    def threshold(self, measure: Measure, facts: Mapping[str, FactValue]) -> str:
        """One, unless the rules ask more."""
        return f"至少{plain(_least(measure, facts))}项"


def _least(measure: Measure, facts: Mapping[str, FactValue]) -> Number:
    return (resolve(measure.require.at_least, facts) if measure.require else None) or 1


class PersonsJudgement(KindBehaviour):
    """及时、切实、适当……: a person's word with a reason, never computed; it stands under ``judgements``."""

    by_person = True

    def judge(self, question: Question) -> Outcome:
        """Counts with a reason only."""
        judgement = question.answer.judgements.get(question.measure.id)
        if judgement is None or judgement.fulfilled is None:
            if settles(question):
                return settled(question)
            return Outcome("open", None, (say("judgement_missing"),))
        words = TRUTHS[judgement.fulfilled]
        if not judgement.fulfilled:
            return fails(question, "judgement_unfulfilled", words)
        if judgement.reason is None or not has_visible_text(judgement.reason):
            return Outcome("open", words, (say("judgement_without_reason"),))
        reason = judgement.reason.strip().rstrip("。")
        said = [say("judgement_holds", words, reason=reason)]
        measure = question.measure
        if only_repeats(reason, (measure.label, *measure.quotes), question.context.standard.vocabulary):
            said.append(say("judgement_repeats"))
        return Outcome("holds", words, tuple(said))

    def threshold(self, measure: Measure, facts: Mapping[str, FactValue]) -> str:
        """No limit."""
        return "由人判断并写明理由"

    def read(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> None:
        """No figure belongs here: said where it was put."""
        source.fault(path, f"“{measure.label}”由人判断；请移到 judgements 之下", key=True)

    def fits(self, figure: Figure, measure: Measure) -> bool:
        """No figure does."""
        return False

    def fields(self, measure: Measure, years: Iterable[str]) -> tuple[Field, ...]:
        """None: the judgement has a place of its own."""
        return ()

    def figure_typed(
        self,
        measure: Measure,
        typed: Mapping[Path, TypedValue],
        stored: Figure | None,
    ) -> None:
        """None: as for `fields`."""


KINDS: Mapping[MeasureKind, KindBehaviour] = {
    "yes_no": YesNo(),
    "all_of": AllOf(),
    "some_of": SomeOf(),
    "judgement": PersonsJudgement(),
}

"""What rates and coverages have in common: a part against its whole."""

from __future__ import annotations

from scoring.context import Question
from scoring.kinds.outcomes import Outcome, fails, say
from scoring.submission import Number
from scoring.wording import Amount, Coverage


def half_given(lacking: str, year: str = "") -> Outcome:
    """One of the two numbers is missing."""
    return Outcome("missing", None, (say("figure_half", lacking=lacking, year=year),))


def denied_by_nil_return(question: Question, figure: object) -> Outcome:
    """Cases beside a document that says there were none."""
    document = question.context.document_name(question.answer.nil_return or "")
    return fails(question, "nil_return_contradicted", figure, document=document)


def beyond_whole(question: Question, part: Number, whole: Number, year: str = "") -> Outcome:
    """More than all of them."""
    measure = question.measure
    unit = measure.whole.unit if measure.whole else measure.unit
    words = Coverage(part, whole)
    return fails(question, "beyond_whole", words, part=Amount(part, unit), whole=Amount(whole, unit), year=year)

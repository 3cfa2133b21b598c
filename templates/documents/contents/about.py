"""What every paper about one county's submission tells of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from scoring.submission import Submission
from templates.application_form.pages import DEMO
from templates.application_form.plan import printed_date
from templates.documents.contents.report import ReportHead


@dataclass(frozen=True, slots=True)
class About:
    """Names that every layout about a submission may use."""

    division: str
    division_code: str
    unit: str
    round: str
    period: str
    printed_on: str
    demo: str

    @classmethod
    def of(cls, submission: Submission, head: ReportHead | None = None) -> About:
        """``head``: what a file does not hold."""
        told, period = head or ReportHead(), submission.round.period
        return About(
            division=told.place or submission.division.name,
            division_code=submission.division.code,
            unit=submission.form.unit_name or "",
            round=told.round_title or submission.round.id,
            period=f"{printed_date(period.first)}至{printed_date(period.last)}",
            printed_on=printed_date(told.printed_on) or "",
            # Invented divisions are numbered 99xxxx; real ones never are.
            demo=DEMO if told.demo or submission.division.code.startswith("99") else "",
        )

    def names(self) -> dict[str, str]:
        """For the contents that are made of this and more."""
        return asdict(self)

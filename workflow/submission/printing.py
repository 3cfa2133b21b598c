"""The 申报表 of a submission for one person: at which level it may be printed, and whose opinions are on it.

An opinion is on paper once it has been given, that is once its level has moved the submission on; before that only the
level that writes it sees it. `templates.application_form` prints; one that is not eligible prints as 草稿.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from indicators.installation import check_address
from scoring.assessment import Assessment
from scoring.submission import LEVELS, OPINION_OF, Level, Submission
from scoring.visible_text import has_visible_text
from storage.clock import local_date
from templates.application_form.check_sheet import office_names
from templates.application_form.form import RenderedForm, render_form
from templates.books.local_sheet import SheetHead
from workflow.divisions import full_name, place
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.printed.codes import keep_code
from workflow.submission.local_assigning import assigned_commitments
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.visibility import sees


def printable_levels(snapshot: SubmissionSnapshot) -> tuple[Level, ...]:
    """The levels this person may print at now, lowest first; ``county`` always."""
    return tuple(level for level in LEVELS if level == "county" or _seen(snapshot, level))


def printed_level(snapshot: SubmissionSnapshot, wanted: Level | None = None) -> Level:
    """At which level the form is printed: as asked, else the highest that has given its opinion."""
    written = (level for level in printable_levels(snapshot) if _written(snapshot, level))
    return max(written, key=LEVELS.index, default="county") if wanted is None else wanted


def print_form(
    office: Office, person: Person, submission_id: int, now: datetime, level: Level | None = None
) -> tuple[SubmissionSnapshot, RenderedForm]:
    """The form at ``level`` (default: the highest given). Raises Refused: ``not_found``, ``not_given``."""
    snapshot = open_submission(office, person, submission_id)
    printed_at = printed_level(snapshot, level)
    content, assessment = shown_at(office, snapshot, printed_at)
    names = office_names(snapshot.standards, snapshot.round.title)
    form = render_form(content, assessment, printed_at, local_date(now), names=names, check_at=check_address())
    keep_code(office, person.username, submission_id, form.code, now)
    return snapshot, form


def shown_at(office: Office, snapshot: SubmissionSnapshot, level: Level) -> tuple[Submission, Assessment]:
    """What a paper made at that level rests on, with the opinions this person sees. Raises Refused ``not_given``."""
    if level not in printable_levels(snapshot):
        raise Refused("not_given")
    seen = {OPINION_OF[seen_level] for seen_level in LEVELS if _seen(snapshot, seen_level)}
    content = replace(snapshot.content, opinions={k: v for k, v in snapshot.content.opinions.items() if k in seen})
    return content, office.judge(snapshot.content, snapshot.round, level)


def whole_place(snapshot: SubmissionSnapshot) -> str:
    """The county with what it lies in, where it is on the map."""
    code = snapshot.record.division_code
    return full_name(code) if place(code) is not None else snapshot.record.division_name


def local_sheet_head(snapshot: SubmissionSnapshot, printed_on: date) -> SheetHead:
    """What 地方文件对照表 tells besides the content: the round by its title, the whole place, whose work is what."""
    return SheetHead(
        round_title=snapshot.round.title,
        place=whole_place(snapshot),
        printed_on=printed_on,
        demo=snapshot.round.demo,
        units=assigned_commitments(snapshot),
    )


def _seen(snapshot: SubmissionSnapshot, level: Level) -> bool:
    return sees(snapshot.person.role, snapshot.state, level)


def _written(snapshot: SubmissionSnapshot, level: Level) -> bool:
    opinion = snapshot.content.opinions.get(OPINION_OF[level])
    return opinion is not None and has_visible_text(opinion.text)

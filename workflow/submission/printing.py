"""The 申报表 of a submission for one person: at which level it may be printed, and whose opinions are on it.

An opinion is on paper once it has been given, that is once its level has moved the submission on; before that only the
level that writes it sees it. `templates.application_form` prints; one that is not eligible prints as 草稿.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from scoring.submission import LEVELS, OPINION_OF, Level
from scoring.visible_text import has_visible_text
from storage.clock import local_date
from templates.application_form.form import RenderedForm, render_form
from templates.books.local_sheet import SheetHead
from workflow.divisions import full_name, place
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.submission.local_assigning import assigned_commitments
from workflow.submission.snapshot import SubmissionSnapshot, open_submission
from workflow.visibility import sees

# 印件文件名中的级别
LEVEL_NAMES: Mapping[Level, str] = {"county": "县级", "prefecture": "市级", "province": "省级"}


def printable_levels(opened: SubmissionSnapshot) -> tuple[Level, ...]:
    """The levels this person may print at now, lowest first; ``county`` always."""
    return tuple(level for level in LEVELS if level == "county" or _seen(opened, level))


def printed_level(opened: SubmissionSnapshot, asked: Level | None = None) -> Level:
    """At which level the form is printed: as asked, else the highest that has given its opinion."""
    written = (one for one in printable_levels(opened) if _written(opened, one))
    return asked or max(written, key=LEVELS.index, default="county")


def print_form(
    office: Office, person: Person, submission_id: int, now: datetime, level: Level | None = None
) -> tuple[SubmissionSnapshot, RenderedForm]:
    """The form at ``level`` (default: the highest given). Raises Refused: ``not_found``, ``not_given``."""
    opened = open_submission(office, person, submission_id)
    at = printed_level(opened, level)
    if at not in printable_levels(opened):
        raise Refused("not_given")
    seen = {OPINION_OF[one] for one in LEVELS if _seen(opened, one)}
    content = replace(opened.content, opinions={k: v for k, v in opened.content.opinions.items() if k in seen})
    assessment = office.judge(opened.content, opened.round, at)
    return opened, render_form(content, assessment, at, local_date(now))


def local_sheet_head(opened: SubmissionSnapshot, now: datetime) -> SheetHead:
    """What 地方文件对照表 tells besides the content: the round by its title, the whole place, whose work is what."""
    code = opened.record.division_code
    return SheetHead(
        round_title=opened.round.title,
        place=full_name(code) if place(code) is not None else opened.record.division_name,
        printed_on=local_date(now),
        demo=opened.round.demo,
        given=assigned_commitments(opened),
    )


def _seen(opened: SubmissionSnapshot, level: Level) -> bool:
    return sees(opened.person.role, opened.state, level)


def _written(opened: SubmissionSnapshot, level: Level) -> bool:
    opinion = opened.content.opinions.get(OPINION_OF[level])
    return opinion is not None and has_visible_text(opinion.text)

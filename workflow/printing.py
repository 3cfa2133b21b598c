"""The 申报表 of a submission for one person: at which level it may be printed, and whose opinions are on it.

An opinion is on paper once it has been given, that is once its level has moved the submission on; before that only the
level that writes it sees it. `templates.form` prints; a submission that is not eligible prints as 草稿.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scoring.assessment import Level
from templates.form import RenderedForm, render_form
from workflow.clock import local_date
from workflow.dossier import Dossier, open_dossier
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.visibility import LEVELS, OPINION_OF, sees


def printable_levels(opened: Dossier) -> tuple[Level, ...]:
    """The levels this person may print at now, lowest first; ``county`` always."""
    return tuple(level for level in LEVELS if level == "county" or _seen(opened, level))


def print_form(
    office: Office, person: Person, submission_id: int, now: datetime, level: Level | None = None
) -> tuple[Dossier, RenderedForm]:
    """The form at ``level`` (default: the highest given). Raises Refused: ``not_found``, ``not_given``."""
    opened = open_dossier(office, person, submission_id)
    allowed = printable_levels(opened)
    at = level or max((one for one in allowed if _written(opened, one)), key=LEVELS.index, default="county")
    if at not in allowed:
        raise Refused("not_given", "该级意见尚未作出，现在还不能按该级打印。")
    seen = {OPINION_OF[one] for one in LEVELS if _seen(opened, one)}
    content = replace(opened.content, opinions={k: v for k, v in opened.content.opinions.items() if k in seen})
    assessment = office.judge(opened.content, opened.round, at)
    return opened, render_form(content, assessment, at, local_date(now))


def _seen(opened: Dossier, level: Level) -> bool:
    return sees(opened.person.role, opened.state, level)


def _written(opened: Dossier, level: Level) -> bool:
    opinion = opened.content.opinions.get(OPINION_OF[level])
    return opinion is not None and bool((opinion.text or "").strip())

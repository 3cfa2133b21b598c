"""What others do meanwhile, through the use cases."""

from __future__ import annotations

from scoring.submission import Finding
from storage.clock import local_date, now
from storage.records import SubmissionRecord
from tests.instant import DAY
from tests.ui.seeded import person, submission
from workflow.office import Office
from workflow.procedure.confirming import TOGETHER, Confirmation, confirm, proposals, rows_in_question
from workflow.procedure.findings import finding_body
from workflow.procedure.moving import perform
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.procedure.past import read_past
from workflow.procedure.reviewing import compare_levels
from workflow.procedure.situation import MoveRequest
from workflow.remarks.explanations import EXPLANATION
from workflow.submission.corrections import correction_target
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

REVIEWERS = {"prefecture": "yanshizhou", "province": "yanshisheng"}


def find(office: Office, submission_id: int, row_id: str, finding: Finding, level: str = "prefecture") -> None:
    """A colleague's finding."""
    reviewer = person(office, REVIEWERS[level])
    target = Target.finding(level, row_id)
    version = open_submission(office, reviewer, submission_id).version(target)
    save(office, reviewer, submission_id, [Edit(target, finding_body(finding), version)], now())


def move(office: Office, username: str, record: SubmissionRecord, name: str, **parts: object) -> SubmissionRecord:
    """One move of the table."""
    request = MoveRequest(**parts)
    return perform(
        office, person(office, username), record.id, name, request, expected_version=record.version, now=now()
    )


def give_opinion(office: Office, username: str, submission_id: int, level: str) -> None:
    """The drafted opinion as it is."""
    writer = person(office, username)
    opened = open_submission(office, writer, submission_id)
    body = {
        "text": draft_opinion(office, opened, level),
        "date": local_date(now()).isoformat(),
        "by": opinion_author(opened, level),
    }
    save(office, writer, submission_id, [Edit(Target.opinion(level), body, 0)], now())


def find_all(office: Office, submission_id: int, level: str) -> None:
    """Every row that is met as computed, each veto by itself, and 3.3.2 whatever was found before."""
    reviewer = person(office, REVIEWERS[level])
    opened = open_submission(office, reviewer, submission_id)
    in_question = rows_in_question(read_past(office, reviewer, submission_id), level)
    offered = tuple(one.row.id for one in proposals(opened, compare_levels(office, opened), level, in_question))
    confirm(office, reviewer, submission_id, Confirmation(level, offered, TOGETHER, DAY, opened.record.version), now())
    for veto in ("V1", "V2", "V3"):
        find(
            office,
            submission_id,
            veto,
            Finding("clear", ("document_review",), "到民政、公安两家逐户比对系统和户籍", DAY),
            level,
        )
    find(office, submission_id, "3.3.2", Finding("met", ("document_review",), None, DAY), level)


def recommended_by_prefecture(office: Office, county: str = "丁市") -> SubmissionRecord:
    """The county as the province gets it."""
    record = submission(office, county)
    find_all(office, record.id, "prefecture")
    give_opinion(office, "yanshizhou", record.id, "prefecture")
    return move(office, "yanshizhou", record, "prefecture_recommend")


def explain_items(office: Office, submission_id: int, words: str = "已逐项核对，无须改动。") -> None:
    """丙区's coordinator says of every item not mended why there is nothing to mend."""
    county = person(office, "bingqu_minzheng")
    opened = open_submission(office, county, submission_id)
    unmet = [correction.item for correction in opened.corrections if not correction.met]
    left = [correction_target(opened.open_return, item) for item in unmet]
    save(office, county, submission_id, [Edit(target, {EXPLANATION: words}, 0) for target in left], now())


def released_again(office: Office) -> SubmissionRecord:
    """丙区 mended and back with the prefecture."""
    record = submission(office, "丙区")
    explain_items(office, record.id)
    record = move(office, "bingqu_minzheng", record, "hand_over")
    give_opinion(office, "bingqu_zhengfu", record.id, "county_government")
    return move(office, "bingqu_zhengfu", record, "release")

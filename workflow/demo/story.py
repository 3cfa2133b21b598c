"""How the demo's counties came to where they stand: each begins, fills in and moves on through the use cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scoring.exchange.reading import read_submission_file
from scoring.local.profile import local_profile
from scoring.submission import OpinionLevel, Submission
from storage.clock import local_date
from storage.records import RoundRecord, SubmissionRecord
from workflow.content import bodies_of
from workflow.demo.content import DemoPeriod, sample_content, with_whole_form
from workflow.office import Office
from workflow.people import Person
from workflow.procedure.confirming import TOGETHER, Confirmation, confirm, proposals
from workflow.procedure.moving import perform
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.procedure.reviewing import compare_levels
from workflow.procedure.situation import MoveRequest, RequestedItem
from workflow.rounds.rounds import start_submission
from workflow.submission.assigning import accept_proposals, assign
from workflow.submission.local_assigning import accept_local_proposals
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

Content = dict[Target, Any]
WHOLE = "01-fully-eligible.yaml"
_HALF = "09-half-filled.yaml"
_XUCHANG, _YUNNAN_PLAN = "12-local-xuchang.yaml", "15-local-yunnan-plan.yaml"
# 5.2.1 按县的类别分档：市、区另问的两项（样例一是县）
_CITY_PLACES = {"city_communities_with_place": 18, "city_villages_with_place": 124}
_FOUND_SO_FAR = 21
# 样例十二、十五各是另一个县的：换成样例一的县名和数（孤儿64名、乡镇和街道10个、村和社区130个）。
_AS_JIA = {
    "分管副县长负责，见丑政办〔2017〕61号": "县长任组长，分管副县长专门负责和协调，见甲办发〔2017〕11号",
    "丑": "甲",
    "58名孤儿": "64名孤儿",
    "13个乡镇（街道）": "10个乡镇（街道）",
    "269个村（社区）": "130个村（社区）",
    "2017年秋季学期起全部免除": "学杂费、教科书费全部免除",  # 文件自2017年起执行，不是申报期里才免的
}
_AS_DING = {"辰县": "丁市", "140人取得培训证书": "村（居）儿童主任130人取得培训证书"}


@dataclass(frozen=True, slots=True)
class Stage:
    """What each county's story needs: the office, its people, the samples' folder, the round and the time."""

    office: Office
    people: Mapping[str, Person]
    samples: Path
    round: RoundRecord
    now: datetime
    read: dict[str, Submission] = field(default_factory=dict)  # 几个县用同一份样例，只读一次

    def at(self, days_ago: float) -> datetime:
        """A moment before now."""
        return self.now - timedelta(days=days_ago)

    def content(self, sample: str, names: Mapping[str, str]) -> Content:
        """A sample's content for a county of another name."""
        period = DemoPeriod(self.round.period_first, self.round.period_last)
        if sample not in self.read:
            self.read[sample] = read_submission_file(self.samples / sample, self.office.library)
        return sample_content(self.read[sample], period, names)

    def whole(self, names: Mapping[str, str]) -> Content:
        """The eligible county's content; a field of the form that is newer than the sample says its own name."""
        return with_whole_form(self.content(WHOLE, names))

    def local(self, sample: str, names: Mapping[str, str]) -> Content:
        """A sample's answers to its local document alone; nothing where that sample is not there."""
        if not (self.samples / sample).is_file():
            return {}
        return {target: body for target, body in self.content(sample, names).items() if target.kind == "local"}

    def begin(self, who: str, content: Content, days_ago: float) -> SubmissionRecord:
        """The coordinator opens the self-assessment and saves this content, without what is given from above."""
        person = self.people[who]
        record = start_submission(self.office, person, self.round.id, self.at(days_ago))
        opened = open_submission(self.office, person, record.id)
        given = {target.stated for target in opened.entries if target.kind == "given"}
        edits = [Edit(target, body, opened.version(target)) for target, body in content.items() if target not in given]
        save(self.office, person, record.id, edits, self.at(days_ago - 1))
        return record

    def move(
        self, who: str, record: SubmissionRecord, move: str, days_ago: float, request: MoveRequest | None = None
    ) -> SubmissionRecord:
        """One move of the table."""
        return perform(
            self.office,
            self.people[who],
            record.id,
            move,
            request or MoveRequest(),
            expected_version=record.version,
            now=self.at(days_ago),
        )

    def give_opinion(self, who: str, record: SubmissionRecord, level: OpinionLevel, days_ago: float) -> None:
        """The drafted opinion, signed and dated."""
        opened = open_submission(self.office, self.people[who], record.id)
        body = {
            "text": draft_opinion(self.office, opened, level),
            "date": local_date(self.at(days_ago)).isoformat(),
            "by": opinion_author(opened, level),
        }
        target = Target.opinion(level)
        edit = Edit(target, body, opened.version(target))
        save(self.office, self.people[who], record.id, [edit], self.at(days_ago))

    def release(self, county: str, record: SubmissionRecord, days_ago: float) -> SubmissionRecord:
        """County to government, opinion, and on to the reviewers."""
        record = self.move(f"{county}_minzheng", record, "hand_over", days_ago)
        self.give_opinion(f"{county}_zhengfu", record, "county_government", days_ago - 1)
        return self.move(f"{county}_zhengfu", record, "release", days_ago - 1)


def play(stage: Stage) -> tuple[dict[str, str], tuple[str, ...]]:
    """Every county's story; the state each came to by name, and the counties whose sample file is not there."""
    states: dict[str, str] = {}
    skipped: list[str] = []
    for name, (sample, story) in _STORIES.items():
        if not (stage.samples / sample).is_file():
            skipped.append(name)
            continue
        states[name] = story(stage).state
    return states, tuple(skipped)


def _jia(stage: Stage) -> SubmissionRecord:
    """甲县: nearly done; what is left is for whoever tries the story out."""
    content = stage.whole({})
    _without_measure(content, "3.3.2", "out_of_pocket_reimbursement")
    _unsure(content, "4.5.2")
    content.pop(Target.answer("5.4.2"))
    content.pop(Target.veto("V3"))
    content |= stage.local(_XUCHANG, _AS_JIA)
    record = stage.begin("jiaxian_minzheng", content, 40)
    coordinator = stage.people["jiaxian_minzheng"]
    accept_proposals(stage.office, coordinator, record.id, stage.at(38))
    assign(stage.office, coordinator, record.id, {"V3": ("甲县民政局", "甲县公安局")}, stage.at(38))
    _share_out(stage, "jiaxian_minzheng", record)
    return record


def _share_out(stage: Stage, who: str, record: SubmissionRecord) -> None:
    """The local documents' commitments as the documents suggest; nothing where none applies."""
    opened = open_submission(stage.office, stage.people[who], record.id)
    profile = local_profile(opened.content, stage.office.library.policies, opened.standards)
    for document in profile.documents:
        accept_local_proposals(stage.office, opened, document, stage.at(38))


def _yi(stage: Stage) -> SubmissionRecord:
    """乙县: handed to its government, whose opinion is still to come."""
    record = stage.begin("yixian_minzheng", stage.whole({"甲": "乙"}), 35)
    return stage.move("yixian_minzheng", record, "hand_over", 3)


def _ding(stage: Stage) -> SubmissionRecord:
    """丁市: with the prefecture, which has found on some rows and wants one corrected."""
    content = stage.whole({"甲县": "丁市", "甲": "丁"})
    _as_city(content, "county_level_city")
    content |= stage.local(_YUNNAN_PLAN, _AS_DING)
    record = stage.release("dingshi", stage.begin("dingshi_minzheng", content, 34), 20)
    _find(stage, record, _FOUND_SO_FAR)
    return record


def _bing(stage: Stage) -> SubmissionRecord:
    """丙区: returned with numbered items, one of them already mended."""
    content = stage.whole({"甲县": "丙区", "甲": "丙"})
    _as_city(content, "prefecture_district")
    record = stage.release("bingqu", stage.begin("bingqu_minzheng", content, 36), 25)
    _find(stage, record, _FOUND_SO_FAR)
    items = (
        RequestedItem("3.3.2", "救助支付金额与自负费用总额的结算汇总未附分月明细，请补充后核对比例。"),
        RequestedItem("5.3.2", "儿童主任花名册缺2个社区，请核对人数。"),
        RequestedItem(str(Target.form("narrative")), "基本情况中儿童之家数量与5.2.1不一致，请核对。"),
    )
    due = local_date(stage.now) + timedelta(days=14)
    record = stage.move("yanshizhou", record, "prefecture_return", 6, MoveRequest(items=items, due=due))
    _mend(stage, record)
    return record


def _wu(stage: Stage) -> SubmissionRecord:
    """戊县: no prefecture stands above it; submitted to the province at once."""
    content = stage.whole({"甲": "戊", "演示州": "演示省"})
    content[Target.fact("has_prefecture")] = False
    content.pop(Target.fact("prefecture_dropout_rate"))
    note = "本县由省直接管辖，没有上级地级市（地、州、盟）。"
    content[Target.answer("5.1.1")] = {"claim": "not_applicable", "note": note}
    return stage.release("wuxian", stage.begin("wuxian_minzheng", content, 33), 12)


def _ji(stage: Stage) -> SubmissionRecord:
    """己县: only just begun."""
    return stage.begin("jixian_minzheng", stage.content(_HALF, {"壬": "己"}), 9)


_STORIES: Mapping[str, tuple[str, Callable[[Stage], SubmissionRecord]]] = {
    "甲县": (WHOLE, _jia),
    "乙县": (WHOLE, _yi),
    "丁市": (WHOLE, _ding),
    "丙区": (WHOLE, _bing),
    "戊县": (WHOLE, _wu),
    "己县": (_HALF, _ji),
}


def _without_measure(content: Content, row_id: str, measure: str) -> None:
    answer = content[Target.answer(row_id)]
    measures = {key: value for key, value in answer["measures"].items() if key != measure}
    content[Target.answer(row_id)] = {**answer, "measures": measures}


def _unsure(content: Content, row_id: str) -> None:
    content[Target.answer(row_id)] = {**content[Target.answer(row_id)], "claim": "unsure"}


def _as_city(content: Content, kind: str) -> None:
    content[Target.fact("county_kind")] = kind
    answer = content[Target.answer("5.2.1")]
    judged = answer["judgements"]
    content[Target.answer("5.2.1")] = {
        **answer,
        "measures": {**answer["measures"], **_CITY_PLACES},
        "judgements": {**judged, "city_fulfilment": judged["county_fulfilment"]},
    }


def _find(stage: Stage, record: SubmissionRecord, rows: int) -> None:
    """The prefecture confirms the first rows and asks for a correction at one."""
    person = stage.people["yanshizhou"]
    day = local_date(stage.at(8))
    wanting = {
        "finding": "needs_correction",
        "methods": ["document_review"],
        "reason": "结算汇总未附分月明细",
        "date": day.isoformat(),
    }
    save(stage.office, person, record.id, [Edit(Target.finding("prefecture", "3.3.2"), wanting, 0)], stage.at(8))
    opened = open_submission(stage.office, person, record.id)
    agreeing = proposals(opened, compare_levels(stage.office, opened), "prefecture", frozenset())
    first = tuple(one.row.id for one in agreeing[: rows - 1])
    confirm(
        stage.office, person, record.id, Confirmation("prefecture", first, TOGETHER, day, record.version), stage.at(8)
    )


def _mend(stage: Stage, record: SubmissionRecord) -> None:
    person = stage.people["bingqu_minzheng"]
    opened = open_submission(stage.office, person, record.id)
    target = Target.answer("3.3.2")
    stood = bodies_of(opened.entries.values())[target]
    body = {**(stood if isinstance(stood, Mapping) else {}), "note": "已按退回意见补充分月明细，比例核对无误。"}
    save(stage.office, person, record.id, [Edit(target, body, opened.version(target))], stage.at(2))

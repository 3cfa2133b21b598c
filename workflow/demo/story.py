"""How the demo's counties came to where they stand: each begins, fills in and moves on through the use cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from scoring.local.profile import local_profile
from storage.clock import local_date
from storage.records import SubmissionRecord
from workflow.content import bodies_of
from workflow.demo.remarks import doubt, explain, give_longer, plan_visit
from workflow.demo.stage import WHOLE, Content, Stage
from workflow.procedure.confirming import TOGETHER, Confirmation, confirm, proposals
from workflow.procedure.reviewing import compare_levels
from workflow.procedure.situation import MoveRequest, RequestedItem
from workflow.submission.assigning import accept_proposals, assign
from workflow.submission.local_assigning import accept_local_proposals
from workflow.submission.saving import Edit, save
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

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
    record = stage.begin("dingshi_minzheng", content, 34)
    explain(stage, "dingshi_minzheng", record, 22)
    record = stage.release("dingshi", record, 20)
    _find(stage, record, _FOUND_SO_FAR)
    return record


def _bing(stage: Stage) -> SubmissionRecord:
    """丙区: returned with numbered items, one of them already mended."""
    content = stage.whole({"甲县": "丙区", "甲": "丙"})
    _as_city(content, "prefecture_district")
    record = stage.release("bingqu", stage.begin("bingqu_minzheng", content, 36), 25)
    _find(stage, record, _FOUND_SO_FAR)
    doubt(stage, record, 7)
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
    record = stage.release("wuxian", stage.begin("wuxian_minzheng", content, 33), 12)
    plan_visit(stage, record, 4)
    return record


def _ji(stage: Stage) -> SubmissionRecord:
    """己县: only just begun, and given longer."""
    record = stage.begin("jixian_minzheng", stage.content(_HALF, {"壬": "己"}), 9)
    give_longer(stage, record, 5)
    return record


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

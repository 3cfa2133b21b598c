"""Personal identifiers get into no text field of any kind of entry, however it is saved."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

import pytest

from scoring.submission import Submission
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    EARLIER,
    GOVERNMENT,
    PREFECTURE,
    PROVINCE,
    head,
    open_return,
    opened_by,
    put_submission,
    write,
)
from workflow.errors import Refused
from workflow.privacy import PHONE_FIELDS
from workflow.states import State
from workflow.targets import CONTENT_KINDS, Target

PDF = b"%PDF-1.7\n%%EOF\n"
IDENTITY = "11010519491231002X"  # the standard's own example (GB 11643), nobody's
MOBILE = "13812345678"
# Where the reader wants something else than free text (identifiers, dates, digests), a number cannot get in either.
WRITERS = {
    "fact": COORDINATOR, "form": COORDINATOR, "answer": COORDINATOR, "veto": COORDINATOR, "evidence": COORDINATOR,
    "local": COORDINATOR, "assignment": COORDINATOR, "correction": COORDINATOR,
    "explanation": COORDINATOR, "opinion.county_government": GOVERNMENT,
    "finding.prefecture": PREFECTURE, "finding.province": PROVINCE, "site_visit": PROVINCE,
    "doubt.prefecture": PREFECTURE, "doubt.province": PROVINCE, "note.prefecture": PREFECTURE,
    "note.province": PROVINCE, "visit_plan.prefecture": PREFECTURE, "visit_plan.province": PROVINCE,
    "opinion.prefecture": PREFECTURE, "opinion.province": PROVINCE,
}  # fmt: skip
EVERY_BODY: dict[Target, Any] = {
    Target.fact("many_disabled_children"): {"value": True, "reason": "经会商认定"},
    **{Target.form(field): "文字" for field in Submission.__dataclass_fields__["form"].default_factory().__slots__},
    Target.answer("3.3.2"): {
        "claim": "met",
        "note": "说明",
        "judgements": {"ceiling_raised": {"fulfilled": True, "reason": "提高到5万元"}},
        "nil_return": "G1",
        "evidence": {"aid_rules": ["G1"]},
    },
    Target.veto("V1"): {
        "claim": "clear",
        "note": "说明",
        "judgements": {"no_grave_impact": {"fulfilled": True, "reason": "逐件判断"}},
    },
    Target.evidence("E01"): {
        "title": "题名",
        "document_number": "甲民发〔2017〕1号",
        "issuer": "甲县民政局",
        "date": "2017-09-01",
        "holder": "甲县民政局",
        "file": "a.pdf",
        "sha256": sha256(PDF).hexdigest(),
    },
    Target("local", "xuchang-2017-38/coordination"): {"fulfilled": True, "reason": "已发文"},
    Target("correction", "1/1"): {"explanation": "已核对原件，无须改动。"},
    Target.explanation("facts_missing/-"): {"explanation": "办法以会议纪要的形式印发，原件无误。"},
    Target.assignment("3.3.2"): {"units": ["甲县公安局"]},
    Target.finding("prefecture", "3.3.2"): {"finding": "met", "reason": "核对无误", "date": "2018-07-01"},
    Target.finding("province", "3.3.2"): {"finding": "met", "reason": "核对无误", "date": "2018-07-01"},
    **{
        Target.visit_plan(level): {"places": ["城关镇"], "people": ["副处长"], "note": "分两组"}
        for level in ("prefecture", "province")
    },
    **{
        Target.doubt(level, "3.3.2"): {
            "reason": "结算汇总与分月明细相差较大",
            "settles": "补齐分月的结算明细并逐月核对",
            "resolved": {"reason": "已逐月核对分月明细，数目一致"},
        }
        for level in ("prefecture", "province")
    },
    **{
        Target.note(level, "001"): {"to": "county", "text": "请补充分月的结算明细"}
        for level in ("prefecture", "province")
    },
    Target("site_visit", "province/001"): {
        "level": "province",
        "date": "2018-07-01",
        "places": ["城关镇"],
        "notes": "走访12户",
        "methods": ["on_site_check"],
        "people": ["演示省民政厅副处长"],
        "rows": {"3.3.2": "查看了救助台账和花名册"},
        "photos": [{"file": "台账.jpg", "sha256": sha256(PDF).hexdigest()}],
    },
    Target.opinion("county_government"): {"text": "同意推荐。", "date": "2018-07-01", "by": "甲县人民政府"},
    Target.opinion("prefecture"): {"text": "同意推荐。", "date": "2018-07-01", "by": "演示州民政局"},
    Target.opinion("province"): {"text": "同意推荐。", "date": "2018-07-01", "by": "演示省民政厅"},
}


def with_text_in_each_place(body: Any, text: str):
    """The body with ``text`` put into one of its texts after the other."""
    if isinstance(body, str):
        yield f"{body}；{text}"
    elif isinstance(body, dict):
        for key, inner in body.items():
            for changed in with_text_in_each_place(inner, text):
                yield body | {key: changed}
    elif isinstance(body, list):
        for place, inner in enumerate(body):
            for changed in with_text_in_each_place(inner, text):
                yield [*body[:place], changed, *body[place + 1 :]]


STATE_OF = {
    "correction": State.RETURNED,
    "opinion.county_government": State.AWAITING_GOVERNMENT,
    "finding.prefecture": State.SUBMITTED,
    "opinion.prefecture": State.SUBMITTED,
    "doubt.prefecture": State.SUBMITTED,
    "visit_plan.prefecture": State.SUBMITTED,
    "visit_plan.province": State.PREFECTURE_RECOMMENDED,
    "doubt.province": State.PREFECTURE_RECOMMENDED,
    "note.prefecture": State.SUBMITTED,
    "note.province": State.PREFECTURE_RECOMMENDED,
    "finding.province": State.PREFECTURE_RECOMMENDED,
    "opinion.province": State.PREFECTURE_RECOMMENDED,
    "site_visit": State.PREFECTURE_RECOMMENDED,
}


def test_the_walk_knows_every_kind_that_is_written() -> None:
    assert {kind for kind, _ in EVERY_BODY} == set(WRITERS) >= CONTENT_KINDS


@pytest.mark.parametrize("target", EVERY_BODY, ids="/".join)
def test_no_text_field_of_any_kind_takes_an_identity_number(office, target: Target) -> None:
    who, body = WRITERS[target[0]], EVERY_BODY[target]
    with office.store.write("scene", EARLIER) as tx:
        material = {Target.evidence("G1"): {"title": "材料", "date": "2018-06-01"}}
        record = put_submission(tx, COUNTY, STATE_OF.get(target[0], State.DRAFT), material)
        office.store.files.put(io.BytesIO(PDF))
        tx.files.register(record.id, sha256(PDF).hexdigest(), name="a.pdf", media_type="application/pdf")
        if target[0] == "correction":
            open_return(tx, record.id)
    if target.is_doubt:  # it is resolved once it stands
        write(office, who, record.id, (target, {name: part for name, part in body.items() if name != "resolved"}))
    write(office, who, record.id, (target, body))  # the body itself is fine
    before, tried = head(office), 0
    for text in (IDENTITY, "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002x"):
        for hostile in with_text_in_each_place(body, text):
            with pytest.raises(Refused) as caught:
                write(office, who, record.id, (target, hostile))
            assert caught.value.code == "personal_identifier"
            assert IDENTITY not in str(caught.value)
            tried += 1
    if target not in PHONE_FIELDS:
        for hostile in with_text_in_each_place(body, MOBILE):
            with pytest.raises(Refused, match="手机号码"):
                write(office, who, record.id, (target, hostile))
            tried += 1
    assert tried > 0
    assert head(office) == before


def test_an_identity_number_is_no_key_either(office, draft) -> None:
    with pytest.raises(Refused, match="公民身份号码"):
        write(office, COORDINATOR, draft, (Target.evidence(IDENTITY), {"title": "材料"}))


def test_the_form_s_phone_fields_take_a_mobile_number(office, draft) -> None:
    phones = f"0990-5521018，手机 {MOBILE}"
    write(office, COORDINATOR, draft, (Target.form("contact_phones"), phones))
    assert opened_by(office, COORDINATOR, draft).content.form.contact_phones == phones

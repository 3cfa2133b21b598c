"""Field by field: what two people changed in different fields stands together, and nothing of either is lost."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.workflow.office_room import review_content, whole_content
from workflow.submission.merging import WHOLE, body_of, differing, fields_of, merge, taken_from
from workflow.targets import Target

ANSWER = Target.answer("3.3.2")
BASE: dict[str, Any] = {
    "claim": "met",
    "note": "说明",
    "measures": {"out_of_pocket_reimbursement": {"numerator": 8, "denominator": 10}, "aided_groups": ["a", "b"]},
    "judgements": {"ceiling_raised": {"fulfilled": True, "reason": "提高"}},
    "evidence": {"aid_rules": ["E01"], "other": ["E09"]},
}
RATE = ("measures", "out_of_pocket_reimbursement")


def with_(body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**body, **changes}


ENTRIES = {**whole_content(), **review_content("prefecture")}


@pytest.mark.parametrize("target", ENTRIES, ids=str)
def test_taking_an_entry_apart_and_together_again_gives_the_entry(target: Target) -> None:
    assert body_of(target, fields_of(target, ENTRIES[target])) == ENTRIES[target]


def test_the_fields_of_an_answer() -> None:
    body = with_(BASE, claims={"yunnan-2018": "not_met"}, nil_return="E07")
    assert set(fields_of(ANSWER, body)) == {
        ("claim",), ("note",), RATE, ("measures", "aided_groups"), ("judgements", "ceiling_raised"),
        ("evidence", "aid_rules"), ("evidence", "other"), ("nil_return",),
    }  # fmt: skip


def test_the_fields_of_other_entries() -> None:
    item = {"title": "题名", "issuer": "民政局", "file": "a.pdf", "sha256": "0" * 64}
    assert set(fields_of(Target.evidence("E01"), item)) == {("title",), ("issuer",), ("file",)}
    finding = {"finding": "met", "methods": ["a"], "reason": "好", "date": "2018-07-01", "evidence": {"x": ["E01"]}}
    assert set(fields_of(Target.finding("province", "1.1.1"), finding)) == {
        ("finding",), ("methods",), ("date",), ("evidence", "x"),
    }  # fmt: skip
    opinion = {"text": "同意", "date": "2018-07-01", "by": "民政厅"}
    assert set(fields_of(Target.opinion("province"), opinion)) == {("text",), ("date",), ("by",)}
    for target, body in ((Target.form("narrative"), "文字"), (Target.fact("x"), {"value": True, "reason": "好"})):
        assert fields_of(target, body) == {WHOLE: body}
    assert fields_of(ANSWER, "no mapping") == {WHOLE: "no mapping"}
    assert fields_of(ANSWER, None) == {}


def test_different_fields_stand_together() -> None:
    mine = with_(BASE, note="我的说明", evidence={"aid_rules": ["E01", "E02"]})
    theirs = with_(BASE, claim="not_met", judgements={}, nil_return="E07")
    merged = merge(ANSWER, BASE, mine, theirs)
    assert merged.clashing == ()
    assert set(merged.theirs) == {("claim",), ("judgements", "ceiling_raised"), ("nil_return",)}
    assert merged.body == {
        "claim": "not_met", "note": "我的说明", "measures": BASE["measures"],
        "evidence": {"aid_rules": ["E01", "E02"]}, "nil_return": "E07",
    }  # fmt: skip


def test_a_figure_is_one_field_and_the_claims_are_one() -> None:
    mine = with_(
        BASE, measures=with_(BASE["measures"], out_of_pocket_reimbursement={"numerator": 9, "denominator": 10})
    )
    theirs = with_(
        BASE, measures=with_(BASE["measures"], out_of_pocket_reimbursement={"numerator": 8, "denominator": 9})
    )
    assert merge(ANSWER, BASE, mine, theirs).clashing == (RATE,)
    assert merge(ANSWER, BASE, with_(BASE, claim="unsure"), with_(BASE, claims={"a": "met"})).clashing == (("claim",),)


def test_a_finding_s_conclusion_and_its_reason_are_one() -> None:
    finding = Target.finding("prefecture", "1.1.1")
    base = {"finding": "met", "methods": ["document_review"]}
    mine, theirs = with_(base, finding="not_met", reason="缺两次会议"), with_(base, reason="台账齐全")
    merged = merge(finding, base, mine, theirs)
    assert merged.clashing == (("finding",),)
    assert taken_from(finding, merged.body, mine, merged.clashing) == mine
    assert taken_from(finding, merged.body, mine, ()) == theirs


def test_where_both_clash_the_rest_is_merged_and_the_choice_is_one_by_one() -> None:
    mine = with_(BASE, note="我的", evidence={"aid_rules": ["E02"], "other": ["E09"]}, claim="unsure")
    theirs = with_(BASE, note="他的", evidence={"aid_rules": ["E01"]}, claim="not_met")
    merged = merge(ANSWER, BASE, mine, theirs)
    assert set(merged.clashing) == {("note",), ("claim",)}
    assert merged.body == with_(theirs, evidence={"aid_rules": ["E02"]})
    chosen = taken_from(ANSWER, merged.body, mine, [("note",)])
    assert chosen == with_(theirs, evidence={"aid_rules": ["E02"]}, note="我的")
    assert taken_from(ANSWER, chosen, {"claim": "met"}, [("note",)]) == {k: v for k, v in chosen.items() if k != "note"}
    assert taken_from(ANSWER, chosen, None, [WHOLE]) is None


def test_the_same_change_twice_is_no_clash() -> None:
    both = with_(BASE, note="一样")
    assert merge(ANSWER, BASE, both, both).clashing == ()
    assert merge(ANSWER, BASE, both, both).theirs == ()


def test_taking_out_and_changing_clash_in_the_whole() -> None:
    assert merge(ANSWER, BASE, None, with_(BASE, note="他的")).clashing == (WHOLE,)
    assert merge(ANSWER, BASE, with_(BASE, note="我的"), None).clashing == (WHOLE,)


def test_two_new_documents_under_one_number_are_never_mixed() -> None:
    document = Target.evidence("E11")
    assert merge(document, None, {"title": "甲"}, {"issuer": "乙"}).clashing == (WHOLE,)
    assert merge(ANSWER, None, {"claim": "met"}, {"note": "他的"}).body == {"note": "他的", "claim": "met"}


def test_over_many_changes_nothing_of_either_is_lost() -> None:
    rng = Random(20181231)  # noqa: S311 - invented changes, no secret

    def changed(body: dict[str, Any]) -> dict[str, Any]:
        fields = dict(fields_of(ANSWER, body))
        for path in rng.sample(sorted(fields), 3):
            if rng.random() < 0.3:
                del fields[path]
            elif path == ("claim",):
                fields[path] = {"claim": rng.choice(["met", "not_met", "unsure"])}
            else:
                fields[path] = {"fulfilled": False} if path[0] == "judgements" else [f"E{rng.randint(1, 3)}"]
        return body_of(ANSWER, fields)

    clashed = 0
    for _ in range(500):
        mine, theirs = changed(BASE), changed(BASE)
        merged = merge(ANSWER, BASE, mine, theirs)
        clashed += bool(merged.clashing)
        body, both = fields_of(ANSWER, merged.body), set(merged.clashing)
        for path in {*differing(ANSWER, BASE, mine)} - both:
            assert body.get(path) == fields_of(ANSWER, mine).get(path)
        for path in differing(ANSWER, BASE, theirs):
            assert body.get(path) == fields_of(ANSWER, theirs).get(path)
        assert both == {
            path
            for path in set(differing(ANSWER, BASE, mine)) & set(differing(ANSWER, BASE, theirs))
            if fields_of(ANSWER, mine).get(path) != fields_of(ANSWER, theirs).get(path)
        }
        turned = merge(ANSWER, BASE, theirs, mine)
        assert set(turned.clashing) == both
    assert 100 < clashed < 500

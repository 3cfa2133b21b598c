"""Several people at one submission: different fields stand together, and what is told is what stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    NOW,
    good_finding,
    head,
    opened_by,
    person,
    put_everywhere,
    write,
)
from workflow.drafting.drafts import DraftChange, drafts_of, keep
from workflow.errors import Conflict, Refused
from workflow.office import Office
from workflow.people import Role
from workflow.submission.merging import taken_from
from workflow.submission.saving import Closing, Edit, Merged, save
from workflow.targets import Target

ANSWER = Target.answer("3.3.2")
RATE = ("measures", "out_of_pocket_reimbursement")
COLLEAGUE = person(Role.COUNTY_COORDINATOR, name="colleague")


def body_of(office: Office, number: int) -> dict[str, Any]:
    return dict(opened_by(office, COORDINATOR, number).entries[ANSWER].body)


def test_what_two_people_change_in_different_fields_stands_together(office, draft) -> None:
    base = body_of(office, draft)
    write(office, COLLEAGUE, draft, (ANSWER, {**base, "note": "同事的说明"}))
    figures = {**base["measures"], RATE[1]: {"numerator": 1, "denominator": 100}}
    saved = save(office, COORDINATOR, draft, [Edit(ANSWER, {**base, "measures": figures}, 1)], NOW)
    assert saved.merged == (Merged(ANSWER, (("note",),), "colleague"),)
    assert saved.versions == {ANSWER: 3}
    assert body_of(office, draft) == {**base, "note": "同事的说明", "measures": figures}
    assert ("3.3.2", "met", "contradicted") in {(c.row, c.before, c.after) for c in saved.changes}


def test_the_same_field_shows_both_and_the_rest_already_merged(office, draft) -> None:
    base = body_of(office, draft)
    write(office, COLLEAGUE, draft, (ANSWER, {**base, "note": "同事的说明", "claim": "unsure"}))
    before = head(office)
    evidence = {**base["evidence"], "other": next(iter(base["evidence"].values()))}
    mine = {**base, "note": "我的说明", "evidence": evidence}
    with pytest.raises(Conflict) as caught:
        save(office, COORDINATOR, draft, [Edit(ANSWER, mine, 1)], NOW)
    clash = caught.value.clashes[0]
    assert clash.fields == (("note",),)
    assert clash.merged == {**base, "note": "同事的说明", "claim": "unsure", "evidence": evidence}
    assert head(office) == before


def test_what_is_merged_is_checked_as_anything_else(office, draft) -> None:
    base = body_of(office, draft)
    write(office, COLLEAGUE, draft, (ANSWER, {**base, "note": "同事的说明"}))
    with pytest.raises(Refused, match="E404") as caught:
        save(office, COORDINATOR, draft, [Edit(ANSWER, {**base, "nil_return": "E404"}, 1)], NOW)
    assert caught.value.places == ((ANSWER, ("nil_return",)),)


def test_a_version_that_never_was_is_merged_with_nothing(office, draft) -> None:
    base = body_of(office, draft)
    with pytest.raises(Conflict) as caught:
        save(office, COORDINATOR, draft, [Edit(ANSWER, {**base, "note": "我的"}, 99)], NOW)
    assert caught.value.clashes[0].fields == (("note",),)


def test_what_others_made_of_it_already_is_no_change_and_no_conflict(office, draft) -> None:
    base = body_of(office, draft)
    write(office, COLLEAGUE, draft, (ANSWER, {**base, "note": "一样", "claim": "unsure"}))
    saved = save(office, COORDINATOR, draft, [Edit(ANSWER, {**base, "note": "一样"}, 1)], NOW)
    assert saved.unchanged
    assert saved.versions == {ANSWER: 2}


# --- the words of a refusal, and where -------------------------------------------------------------------------------


def test_a_document_in_use_is_named_with_the_rows_that_use_it(office, draft) -> None:
    opened = opened_by(office, COORDINATOR, draft)
    using = {key: row_id for row_id, a in opened.content.answers.items() for ids in a.evidence.values() for key in ids}
    document = next(iter(using))
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (Target.evidence(document), None))
    (told,) = caught.value.reasons
    assert told.startswith(f"{document} 还用于")
    assert told.endswith("：请先在这些指标中换下，再删去。")
    row = opened.standards[0].row(using[document])
    labels = [r.label for r in row.evidence if document in opened.content.answers[row.id].evidence.get(r.id, ())]
    assert f"指标 {row.id}（{'、'.join(labels)}）" in told


def test_a_document_goes_with_its_last_citation_in_one_save(office, draft) -> None:
    extra = Target.evidence("E88")
    base = body_of(office, draft)
    cited = {**base, "evidence": {**base["evidence"], "other": ["E88"]}}
    write(office, COORDINATOR, draft, (extra, {"title": "旧材料"}), (ANSWER, cited))
    with pytest.raises(Refused, match=r"E88 还用于指标 3\.3\.2（其他材料）：请先在这些指标中换下"):
        write(office, COORDINATOR, draft, (extra, None))
    write(office, COORDINATOR, draft, (extra, None), (ANSWER, base))
    assert extra not in opened_by(office, COORDINATOR, draft).entries


def test_what_only_a_reviewer_cites_is_not_taken_out_and_no_finding_is_told(office, draft) -> None:
    finding = {**good_finding("3.3.2"), "evidence": {"other": ["E88"]}}
    put_everywhere(office, draft, {Target.evidence("E88"): {"title": "材料"}})
    put_everywhere(office, draft, {Target.finding("prefecture", "3.3.2"): finding})
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (Target.evidence("E88"), None))
    assert caught.value.reasons == ("E88 已被评审人员的认定引用，不能删去；内容有误的可以改正。",)


IDENTITY = "11010519491231002X"  # the standard's own example (GB 11643), nobody's


@pytest.mark.parametrize(
    ("edit", "words", "path"),
    [
        ((Target.form("leader_name"), IDENTITY), "申报表“负责人姓名”含有", ()),
        ((Target.evidence("E77"), {"title": "材料", "holder": IDENTITY}), "佐证材料 E77的保管单位含有", ("holder",)),
        (
            (Target.fact("many_disabled_children"), {"value": True, "reason": IDENTITY}),
            "县情“残疾儿童较多”的理由含有",
            ("reason",),
        ),
        (
            (ANSWER, {"judgements": {"ceiling_raised": {"fulfilled": True, "reason": IDENTITY}}}),
            "指标 3.3.2的理由含有",
            ("judgements", "ceiling_raised", "reason"),
        ),
    ],
)
def test_a_refusal_names_the_field_as_the_page_does_and_says_where(office, draft, edit, words, path) -> None:
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, edit)
    assert caught.value.reasons[0].startswith(words)
    assert caught.value.places == ((edit[0], path),)


def test_a_fault_of_form_says_where_in_the_entry(office, draft) -> None:
    measures = {RATE[1]: {"numerator": -1, "denominator": 1}}
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (ANSWER, {"measures": measures}), (Target.fact("population"), -1))
    assert set(caught.value.places) == {(ANSWER, (*RATE, "numerator")), (Target.fact("population"), ())}


# --- drafts end with the save ----------------------------------------------------------------------------------------


class Key:
    """A field of a form, as the engine names it."""

    def __init__(self, number: int, kind: str, key: str, field: str) -> None:
        self.scope, self.kind, self.key, self.seen, self.generation, self.field = f"s{number}", kind, key, 1, 0, field


def typed(office: Office, number: int, tab: str, kind: str = "answer", key: str = "3.3.2") -> None:
    assert keep(office, COORDINATOR, tab, [DraftChange(Key(number, kind, key, "note"), "打了一半")], NOW) == ()


def test_the_saved_entries_drafts_of_that_window_go_in_the_same_transaction(office, draft) -> None:
    for tab, kind, key in (("a1", "answer", "3.3.2"), ("b2", "answer", "3.3.2"), ("a1", "evidence", "+")):
        typed(office, draft, tab, kind, key)
    with pytest.raises(Refused):
        save(
            office,
            COORDINATOR,
            draft,
            [Edit(ANSWER, {"claim": "sure"}, 1)],
            NOW,
            drafts=Closing("a1", (("evidence", "+"),)),
        )
    assert len(drafts_of(office, COORDINATOR, f"s{draft}").drafts) == 3
    save(
        office,
        COORDINATOR,
        draft,
        [Edit(ANSWER, {"claim": "not_met"}, 1)],
        NOW,
        drafts=Closing("a1", (("evidence", "+"),)),
    )
    book = drafts_of(office, COORDINATOR, f"s{draft}")
    assert [(d.tab, d.key) for d in book.drafts] == [("b2", "3.3.2")]
    assert book.generation("answer", "3.3.2", "a1") == 1


def test_what_changes_nothing_ends_its_draft_too(office, draft) -> None:
    typed(office, draft, "a1")
    before = head(office)
    body = body_of(office, draft)
    assert save(office, COORDINATOR, draft, [Edit(ANSWER, body, 1)], NOW, drafts=Closing("a1")).unchanged
    assert drafts_of(office, COORDINATOR, f"s{draft}").drafts == ()
    assert head(office) == before


# --- new documents ---------------------------------------------------------------------------------------------------


def test_a_new_document_and_the_answer_that_names_it_are_one_save(office, draft) -> None:
    base = body_of(office, draft)
    cited = {**base, "evidence": {**base["evidence"], "other": ["+a", "+b"]}, "nil_return": "+b"}
    edits = [
        Edit(Target.evidence("+a"), {"title": "甲材料"}, 0),
        Edit(Target.evidence("+b"), {"title": "乙材料"}, 0),
        Edit(ANSWER, cited, 1),
    ]
    saved = save(office, COORDINATOR, draft, edits, NOW)
    content = opened_by(office, COORDINATOR, draft).content
    first, second = saved.numbers["+a"], saved.numbers["+b"]
    assert int(second[1:]) == int(first[1:]) + 1
    assert saved.versions == {Target.evidence(first): 1, Target.evidence(second): 1, ANSWER: 2}
    assert [content.evidence[number].title for number in (first, second)] == ["甲材料", "乙材料"]
    assert content.answers[ANSWER.key].evidence["other"] == (first, second)
    assert content.answers[ANSWER.key].nil_return == second


def test_two_people_who_register_at_once_get_two_numbers_and_none_is_given_again(office, draft) -> None:
    def registered(person) -> str:
        return save(office, person, draft, [Edit(Target.evidence("+"), {"title": "纪要"}, 0)], NOW).numbers["+"]

    first, second = registered(COORDINATOR), registered(COLLEAGUE)
    assert first != second
    write(office, COLLEAGUE, draft, (Target.evidence(second), None))
    assert registered(COORDINATOR) not in {first, second}


def test_what_is_refused_of_a_new_document_names_it_without_a_number(office, draft) -> None:
    with pytest.raises(Refused, match="新登记的材料的题名含有18位公民身份号码") as caught:
        save(office, COORDINATOR, draft, [Edit(Target.evidence("+a"), {"title": "11010519491231002X"}, 0)], NOW)
    assert caught.value.places == ((Target.evidence("+a"), ("title",)),)


def test_a_conflict_keeps_the_new_document_for_the_save_that_settles_it(office, draft) -> None:
    base = body_of(office, draft)
    write(office, COLLEAGUE, draft, (ANSWER, {**base, "note": "同事的"}))
    mine = {**base, "note": "我的", "evidence": {**base["evidence"], "other": ["+a"]}}
    edits = [Edit(Target.evidence("+a"), {"title": "甲材料"}, 0), Edit(ANSWER, mine, 1)]
    with pytest.raises(Conflict) as caught:
        save(office, COORDINATOR, draft, edits, NOW)
    (clash,) = caught.value.clashes
    chosen = taken_from(ANSWER, clash.merged, clash.yours, clash.fields)
    rest = [Edit(target, body, version) for target, (body, version) in caught.value.rest.items()]
    saved = save(office, COORDINATOR, draft, [*rest, Edit(ANSWER, chosen, clash.current_version)], NOW)
    answer = opened_by(office, COORDINATOR, draft).content.answers[ANSWER.key]
    assert (answer.note, answer.evidence["other"]) == ("我的", (saved.numbers["+a"],))

"""The policy documents: every clause is there, in order, clean, and every policy basis points at one."""

from __future__ import annotations

import re

import pytest

from indicators import load_library
from indicators.model import Library, Policy

NUMERALS = "一二三四五六七八九十"
# Printed structure: part → how many （一）（二）… stand below it (0: the part has text only).
STRUCTURE = {
    "state-council-2016-36": {"一": 3, "二": 5, "三": 4, "四": 3},
    "xuchang-2017-38": {"一": 0, "二": 0, "三": 0, "四": 5, "五": 5, "六": 4, "七": 4},
    "youyang-2017-24": {"一": 3, "二": 5, "三": 4, "四": 3},
    "panzhihua-2017": {"一": 0, "二": 2, "三": 3, "四": 4},
    "yunnan-plan-2018": {"一": 0, "二": 5, "三": 5, "四": 5},
    "ministry-2018-4": {"一": 0, "二": 0, "三": 4, "四": 3},
}
NESTED = {("panzhihua-2017", "二（二）"): ("二（二）1", "二（二）2", "二（二）3")}
NUMBERED = re.compile(rf"([{NUMERALS}])(?:（([{NUMERALS}])）(\d)?)?")
SCAN_FAULTS = {
    "半角标点": r"[\u4e00-\u9fff][,;:()?!]|[,;:()?!][\u4e00-\u9fff]",
    "夹带的英文词": r"\b(?!PPP\b|QQ)[A-Za-z]+\b",
    "空白": r"[ \t\u3000\u00a0]",
    "页码": r"(?m)^[-—\s]*\d+[-—\s]*$",
    "标记": r"[#*<>`]|---",
    "联系人": r"联系人|联系电话|电子邮箱",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def policy_of(library: Library, policy_id: str) -> Policy:
    assert policy_id in library.policies
    return library.policies[policy_id]


def order_of(clause_id: str) -> tuple[int, int, int]:
    """Sort key of a printed number; words before the first number come first, after the last one last."""
    if clause_id in {"引言", "结语"}:
        return (0, 0, 0) if clause_id == "引言" else (99, 0, 0)
    part, sub, item = NUMBERED.fullmatch(clause_id).groups()
    return NUMERALS.index(part) + 1, NUMERALS.index(sub) + 1 if sub else 0, int(item or 0)


def printed_clauses(policy_id: str) -> set[str]:
    """The clause ids that the printed structure of a document demands."""
    ids: set[str] = set()
    for part, subs in STRUCTURE[policy_id].items():
        for sub in [f"{part}（{n}）" for n in NUMERALS[:subs]] or [part]:
            ids.update(NESTED.get((policy_id, sub), (sub,)))
    return ids


def test_all_documents_are_there(library: Library) -> None:
    assert set(library.policies) == set(STRUCTURE)


@pytest.mark.parametrize("policy_id", STRUCTURE)
def test_every_printed_clause_is_there_once_and_in_order(library: Library, policy_id: str) -> None:
    ids = [clause.id for clause in policy_of(library, policy_id).clauses]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids, key=order_of)
    assert printed_clauses(policy_id) <= set(ids)
    # What is more than the numbered clauses: opening and closing words, and a part's own words before its （一）.
    assert set(ids) - printed_clauses(policy_id) <= {"引言", "结语", *STRUCTURE[policy_id]}


@pytest.mark.parametrize("policy_id", STRUCTURE)
def test_part_headings_are_kept_for_every_part_with_clauses_below(library: Library, policy_id: str) -> None:
    policy = policy_of(library, policy_id)
    below = {c.id.split("（")[0] for c in policy.clauses if "（" in c.id}
    below |= {c.id[:-1] for c in policy.clauses if c.id[-1].isdigit()}
    assert set(policy.sections) == below
    assert all(policy.sections.values())


@pytest.mark.parametrize("policy_id", STRUCTURE)
def test_clauses_have_words_and_carry_no_fault_of_the_scan(library: Library, policy_id: str) -> None:
    for clause in policy_of(library, policy_id).clauses:
        assert clause.heading, clause.id
        assert clause.text.strip(), clause.id
        whole = clause.text[-1] in ("。；：" if clause.id == "引言" else "。；")
        assert whole or clause.text.splitlines()[-1].startswith("责任单位："), clause.id
        for fault, pattern in SCAN_FAULTS.items():
            found = re.search(pattern, clause.text)
            assert found is None, f"{policy_id}/{clause.id} {fault}：{found}"


@pytest.mark.parametrize("policy_id", STRUCTURE)
def test_mended_places_name_a_clause_and_read_as_mended(library: Library, policy_id: str) -> None:
    policy = policy_of(library, policy_id)
    texts = {clause.id: clause.text for clause in policy.clauses}
    for mended in policy.mended:
        assert mended.at in texts
        if not mended.scanned.startswith("半角标点"):
            assert mended.mended in texts[mended.at]


@pytest.mark.parametrize("policy_id", STRUCTURE)
def test_responsible_units_are_words_of_the_clause(library: Library, policy_id: str) -> None:
    for clause in policy_of(library, policy_id).clauses:
        assert len(set(clause.responsible_units)) == len(clause.responsible_units)
        for unit in clause.responsible_units:
            assert unit in clause.text, f"{policy_id}/{clause.id} {unit}"


def test_panzhihua_units_are_its_printed_unit_lines(library: Library) -> None:
    for clause in policy_of(library, "panzhihua-2017").clauses:
        printed = re.findall(r"(?m)^责任单位：(.+)$", clause.text)
        assert list(clause.responsible_units) == (printed[0].split("、") if printed else []), clause.id


@pytest.mark.parametrize(
    ("policy_id", "clause_id", "units"),
    [
        (
            "state-council-2016-36",
            "三（一）",
            ["民政部门", "妇儿工委办公室", "公安机关", "残联组织", "村（居）民委员会"],
        ),
        ("state-council-2016-36", "三（二）", ["住房城乡建设"]),
        ("state-council-2016-36", "三（三）", ["工会", "共青团", "妇联", "残联组织", "关工委"]),
        ("state-council-2016-36", "二（四）", ["民政部门", "公安机关", "执行机关"]),
        ("xuchang-2017-38", "五（四）", ["民政部门", "公安部门", "司法部门", "执行机关"]),
        ("xuchang-2017-38", "六（二）", ["教育部门", "公安部门", "检察机关", "人民法院", "司法部门", "各级财政部门"]),
        ("youyang-2017-24", "二（三）", ["县教委"]),
        ("yunnan-plan-2018", "三（五）", ["财政", "人社", "民政"]),
        ("ministry-2018-4", "三（二）", ["各市（地、州、盟）民政局", "省级民政部门"]),
    ],
)
def test_a_clause_names_whom_its_words_charge(
    library: Library, policy_id: str, clause_id: str, units: list[str]
) -> None:
    clause = next(one for one in policy_of(library, policy_id).clauses if one.id == clause_id)
    assert set(units) <= set(clause.responsible_units)


def test_documents_name_nobody_to_call(library: Library) -> None:
    for policy in library.policies.values():
        for clause in policy.clauses:
            assert not re.search(r"\d{3,4}-\d{7,8}|1\d{10}|@", clause.text)


def test_every_policy_basis_points_at_a_clause(library: Library) -> None:
    clauses = {f"{policy.id}/{clause.id}" for policy in library.policies.values() for clause in policy.clauses}
    for standard in library.standards.values():
        for row in standard.rows():
            for basis in row.policy_basis:
                assert basis.clause in clauses, f"{standard.id} {row.id} {basis.clause}"


def test_every_state_council_clause_of_parts_two_and_three_founds_an_indicator(library: Library) -> None:
    founding = {b.clause for row in library.standards["national-2018"].rows() for b in row.policy_basis}
    wanted = [c.id for c in policy_of(library, "state-council-2016-36").clauses if c.id[0] in "二三" and "（" in c.id]
    assert len(wanted) == 9
    assert [clause for clause in wanted if f"state-council-2016-36/{clause}" not in founding] == []

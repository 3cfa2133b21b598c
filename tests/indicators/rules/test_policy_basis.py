"""Which clause founds which indicator: a reading of the documents, typed here apart from the rules."""

from __future__ import annotations

from collections import defaultdict

import pytest

from indicators import load_library
from indicators.model import Library

CHAIN = "4.2.1 4.2.2 4.2.3 4.3.1 4.3.2 4.4.1 4.4.2 4.4.3 4.4.4 4.5.1 4.5.2 4.5.3"
FOUNDED = {
    "state-council-2016-36": {
        "二（一）": "3.1.1 3.1.2 3.1.3",
        "二（二）": "3.3.1 3.3.2",
        "二（三）": "3.4.1 3.4.2 3.4.4",
        "二（四）": "3.2.2 3.2.3 4.4.2 4.5.2 4.5.3 V2",
        "二（五）": "3.3.3 3.3.4",
        "三（一）": f"1.1.1 3.2.1 4.1.1 {CHAIN} 5.1.3 5.3.2",
        "三（二）": "1.1.1 4.2.3 4.4.3",
        "三（三）": "3.3.3 5.2.1 5.2.2",
        "三（四）": "2.1.1 5.1.4",
        "四（一）": "1.1.1 1.1.2 1.1.3 4.1.1",
        "四（二）": "2.1.1 2.1.2 4.4.2 5.2.1 5.3.1 5.3.2 5.3.3",
        "四（三）": "5.4.2 V1",
        "引言": "V1",
    },
    "ministry-2018-4": {"一": f"1.1.1 4.1.1 {CHAIN} 5.1.4 5.3.3"},
    "xuchang-2017-38": {
        "三": "3.1.2",
        "四（一）": "3.1.1 3.1.2",
        "四（二）": "3.1.2",
        "四（三）": "3.1.2",
        "四（四）": "3.1.2",
        "四（五）": "3.1.2",
        "五（一）": "3.1.1 3.1.2 3.1.3",
        "五（二）": "3.3.1 3.3.2",
        "五（三）": "3.4.1 3.4.2 3.4.4",
        "五（四）": "3.2.1 3.2.2 3.2.3 4.4.2 4.5.1 4.5.2 4.5.3 V2",
        "五（五）": "3.3.3 3.3.4",
        "六（一）": f"1.1.1 1.1.3 3.2.1 4.1.1 {CHAIN} 5.1.3 5.3.2",
        "六（二）": "1.1.1 2.1.1 2.1.2 3.4.3 4.2.3 4.3.2 4.4.3 4.4.4",
        "六（三）": "3.3.3 5.2.1 5.2.2",
        "六（四）": "2.1.1 5.1.4",
        "七（一）": "1.1.1 1.1.2 1.1.3 4.1.1",
        "七（二）": "2.1.1 2.1.2 4.4.2 5.2.1 5.3.2 5.3.3",
        "七（三）": "5.4.2 V1",
        "七（四）": "1.1.1 V1",
    },
    "youyang-2017-24": {
        "二（一）": "3.1.1 3.1.2 3.1.3",
        "二（二）": "3.3.1 3.3.2",
        "二（三）": "3.4.1 3.4.4",
        "二（四）": "3.2.1 3.2.2 3.2.3 4.4.2 4.5.1 4.5.2 4.5.3 V2",
        "二（五）": "3.3.3 3.3.4",
        "三（一）": "1.1.1 3.2.1 4.1.1 4.4.3 5.3.2",
        "三（二）": "1.1.1 4.2.1 4.2.2 4.2.3 4.4.3",
        "三（三）": "3.3.3",
        "三（四）": "2.1.1 5.1.4",
        "四（一）": "1.1.1 1.1.2 1.1.3",
        "四（二）": "2.1.1 2.1.2 4.4.2 5.2.1 5.3.1 5.3.2 5.3.3",
        "四（三）": "5.4.2 V1",
    },
    "panzhihua-2017": {
        "一": "3.1.2",
        "二（一）": "3.1.1 3.1.2",
        "二（二）1": "3.1.1 3.1.2 3.1.3",
        "二（二）2": "3.3.1 3.3.2 3.3.3",
        "二（二）3": "3.4.1 3.4.2 3.4.4",
        "三（一）": "3.2.1 4.5.1 V2",
        "三（二）": "3.2.1 4.1.1",
        "三（三）": "1.1.1 3.4.1 4.3.2 4.4.4",
        "四（一）": f"1.1.1 1.1.2 1.1.3 3.2.1 4.1.1 {CHAIN} 5.3.1 5.3.2",
        "四（二）": f"3.2.1 {CHAIN}",
        "四（三）": "3.3.3 5.1.4 5.2.2",
        "四（四）": "2.1.1 2.1.2 3.3.4 3.4.2 3.4.3 4.4.2 5.3.1 5.3.2 5.3.3",
    },
}
FOUNDED_IN_YUNNAN = {
    "一": "5.1.3 5.2.1",
    "二（一）": "1.1.1 1.1.2",
    "二（二）": "5.1.3 5.2.1",
    "二（三）": "5.1.3 5.3.1 5.3.2 5.4.1",
    "二（四）": "4.1.1",
    "三（一）": "1.1.1 1.1.3",
    "三（二）": "5.2.1",
    "三（三）": "1.1.1 5.1.3 5.2.1",
    "三（四）": "2.1.1 5.1.4",
    "三（五）": "2.1.1 2.1.2 4.1.2",
    "四（一）": "1.1.1 1.1.3",
    "四（二）": "1.1.1 1.1.3",
    "四（三）": "5.4.2",
    "四（四）": "1.1.1",
    "四（五）": "V1 V2",
}
# 短号热线、机构更名、业务科室、场地支持、集中培训、户籍登记: in no document but the standards themselves.
FOUNDED_BY_NONE = ["4.1.2", "5.1.1", "5.1.2", "5.1.5", "5.4.1", "V3"]
ONLY_PARTLY = [
    ("3.1.1", "state-council-2016-36/二（一）"),  # 满18周岁续发: in none
    ("3.3.1", "state-council-2016-36/二（二）"),  # 意外伤害保险: not in 国发〔2016〕36号
    ("3.3.1", "xuchang-2017-38/五（二）"),
    ("3.4.2", "state-council-2016-36/二（三）"),
    ("4.2.3", "state-council-2016-36/三（二）"),
    ("4.4.4", "xuchang-2017-38/六（二）"),  # 司法救助: in none
    ("4.4.4", "panzhihua-2017/三（三）"),
    ("1.1.1", "xuchang-2017-38/六（一）"),  # 分管领导
    ("1.1.1", "youyang-2017-24/三（一）"),  # departments among themselves
    ("1.1.3", "xuchang-2017-38/六（一）"),  # 部门联席会议
    ("3.4.2", "xuchang-2017-38/五（三）"),  # 营养 only
    ("3.4.2", "panzhihua-2017/二（二）3"),  # 寄宿 only
    ("3.4.3", "xuchang-2017-38/六（二）"),  # 寄宿制学校 only
    ("3.4.3", "panzhihua-2017/四（四）"),
    ("1.1.2", "state-council-2016-36/四（一）"),  # 各地区, not every township
    ("5.1.3", "state-council-2016-36/三（一）"),  # institutions are relied on, not set up
    ("V1", "state-council-2016-36/引言"),  # says that such events occurred, not what follows from them
    # What follows asks for a thing in words and leaves the number to the standard.
    ("1.1.3", "state-council-2016-36/四（一）"),
    ("3.3.2", "state-council-2016-36/二（二）"),  # 适当提高报销比例和封顶线
    ("3.4.1", "state-council-2016-36/二（三）"),
    ("5.1.4", "state-council-2016-36/三（四）"),
    ("5.1.4", "ministry-2018-4/一"),
    ("5.2.1", "state-council-2016-36/三（三）"),
    ("5.2.1", "state-council-2016-36/四（二）"),
    ("5.2.2", "state-council-2016-36/三（三）"),
    ("5.3.1", "state-council-2016-36/四（二）"),
    ("5.3.2", "state-council-2016-36/四（二）"),
    ("5.3.3", "state-council-2016-36/四（二）"),
    ("5.3.3", "ministry-2018-4/一"),
    ("5.4.2", "state-council-2016-36/四（三）"),
]
# The words in which a row prints its number: a clause founds the row only if it prints them too.
PRINTED = {
    "1.1.3": ("至少召开两次会议", "至少召开一次会议"),
    "3.3.2": ("70%",),
    "3.4.1": ("平均比例",),
    "5.1.4": ("1家",),
    "5.2.1": ("90%以上",),
    "5.2.2": ("四次",),
    "5.3.1": ("1名",),
    "5.3.3": ("2名", "1名"),
    "5.4.1": ("1次",),
    "5.4.2": ("两次",),
}
# 5.3.2 每个村（社区）至少配备1名: 国发〔2016〕36号 三（一） has every village appoint one, without the figure.
NUMBER_IN_WORDS = ["5.3.2"]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def cited(library: Library, standard: str) -> dict[str, set[str]]:
    """Clause → the rows of the standard that cite it."""
    rows: dict[str, set[str]] = defaultdict(set)
    for row in library.standards[standard].rows():
        for basis in row.policy_basis:
            rows[basis.clause].add(row.id)
    return rows


@pytest.mark.parametrize(
    ("policy", "clause"), [(policy, clause) for policy, all_of in FOUNDED.items() for clause in all_of]
)
def test_a_clause_founds_what_it_speaks_of_and_nothing_else(library: Library, policy: str, clause: str) -> None:
    assert cited(library, "national-2018")[f"{policy}/{clause}"] == set(FOUNDED[policy][clause].split())


@pytest.mark.parametrize("clause", FOUNDED_IN_YUNNAN)
def test_the_yunnan_plan_founds_the_yunnan_standard_only(library: Library, clause: str) -> None:
    where = f"yunnan-plan-2018/{clause}"
    assert cited(library, "yunnan-2018")[where] == set(FOUNDED_IN_YUNNAN[clause].split())
    assert where not in cited(library, "national-2018")


def test_no_other_clause_is_cited(library: Library) -> None:
    known = {f"{policy}/{clause}" for policy, all_of in FOUNDED.items() for clause in all_of}
    assert set(cited(library, "national-2018")) == known
    assert set(cited(library, "yunnan-2018")) == known | {f"yunnan-plan-2018/{clause}" for clause in FOUNDED_IN_YUNNAN}


@pytest.mark.parametrize("row_id", FOUNDED_BY_NONE)
def test_what_no_document_founds_claims_no_foundation(library: Library, row_id: str) -> None:
    assert library.standards["national-2018"].row(row_id).policy_basis == ()


@pytest.mark.parametrize(("row_id", "clause"), ONLY_PARTLY)
def test_what_a_clause_leaves_out_makes_it_a_partial_basis(library: Library, row_id: str, clause: str) -> None:
    row = library.standards["national-2018"].row(row_id)
    assert {basis.clause: basis.relation for basis in row.policy_basis}[clause] == "partly"


@pytest.mark.parametrize("standard", ["national-2018", "yunnan-2018"])
@pytest.mark.parametrize("row_id", PRINTED)
def test_a_clause_without_the_printed_number_founds_only_a_part(library: Library, standard: str, row_id: str) -> None:
    row = library.standards[standard].row(row_id)
    assert all(words in row.statement for words in PRINTED[row_id])
    for basis in row.policy_basis:
        policy, _, clause = basis.clause.partition("/")
        text = next(one.text for one in library.policies[policy].clauses if one.id == clause)
        if basis.relation == "founds":
            assert all(words in text for words in PRINTED[row_id]), basis.clause


@pytest.mark.parametrize("standard", ["national-2018", "yunnan-2018"])
def test_every_row_with_a_printed_number_has_been_looked_at(library: Library, standard: str) -> None:
    with_number = {
        row.id
        for row in library.standards[standard].rows()
        for measure in row.measures
        if measure.kind not in ("zero", "all_of", "some_of") and (measure.require or measure.each)
    }
    assert with_number <= {*PRINTED, *NUMBER_IN_WORDS}, sorted(with_number)


def test_a_local_document_never_founds_the_national_standard(library: Library) -> None:
    """Local documents carry out what the State Council and the ministry laid down."""
    local = ("xuchang-2017-38/", "youyang-2017-24/", "panzhihua-2017/")
    for row in library.standards["national-2018"].rows():
        for basis in row.policy_basis:
            assert not basis.clause.startswith(local) or basis.relation != "founds", f"{row.id} {basis.clause}"


def test_the_first_clause_cited_is_the_highest_document(library: Library) -> None:
    """Reasons name the first one: a county hears of 国发〔2016〕36号 before its prefecture's own paper."""
    for row in library.standards["national-2018"].rows():
        if any(basis.clause.startswith("state-council") for basis in row.policy_basis):
            assert row.policy_basis[0].clause.startswith("state-council"), row.id

"""推荐汇总表, 矩阵, 办理情况表: what stands on them, for whom, in each ending; hostile text as it was typed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import get_origin, get_type_hints

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from templates.cli import OWN_DOCUMENTS, main
from templates.documents.contents.evidence import EvidenceContents
from templates.documents.contents.gaps import GapsContents
from templates.documents.contents.rounds import DecisionsContents, MatrixContents, SummaryContents
from templates.documents.making import made_document
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DIRECT,
    EARLIER,
    GOVERNMENT_OPINION,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    ROWS,
    copied,
    put_submission,
    review_content,
    whole_content,
)
from workflow.errors import Refused
from workflow.office import Office
from workflow.papers.documents import STORE_DOCUMENTS
from workflow.papers.rounds import ROUND_PAPERS, RoundAsked, round_paper
from workflow.states import State
from workflow.targets import Target
from workflow.verdicts.rejudging import rejudge

DAY = date(2018, 7, 2)
XLSX = {
    "decisions": DecisionsContents,
    "evidence": EvidenceContents,
    "gaps": GapsContents,
    "matrix": MatrixContents,
    "summary": SummaryContents,
}
HOSTILE = "<b>=1+1&amp;{round}</b>𠮷\u202e"


@pytest.fixture(scope="module")
def made(begun: Callable[[bool], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Path]]:
    """甲县 recommended by the province, 乙县 at its prefecture with findings in the making, a draft."""
    var = tmp_path_factory.mktemp("papers") / "var"
    office = copied(begun(with_draft=False), var)
    given = review_content("prefecture")
    recommended = {
        **whole_content(), **given, **review_content("province"), **GOVERNMENT_OPINION,
        Target.form("contact_name_and_title"): HOSTILE,
    }  # fmt: skip
    with office.store.write("shi", EARLIER) as tx:
        record = put_submission(tx, COUNTY, State.PREFECTURE_RECOMMENDED, recommended)
        tx.moves.add(record.id, move="scene", to_state=State.PROVINCE_RECOMMENDED, expected_version=2, reason=HOSTILE)
        put_submission(tx, NEIGHBOUR, State.SUBMITTED, whole_content(NEIGHBOUR) | given)
        put_submission(tx, DIRECT, State.DRAFT, whole_content(DIRECT))
    rejudge(office, lambda: NOW)
    yield office, var
    office.store.close()


def paper(office: Office, name, who, ending, level="province", *, standard="") -> bytes:
    return round_paper(office, name, RoundAsked(who, "2018", level, DAY, ending, standard)).content


def words(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def lines(content: bytes) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


def test_the_summary_lists_whom_the_level_recommended(made) -> None:
    office, _ = made
    head, *listed = lines(paper(office, "summary", PROVINCE, "xlsx"))
    (county,) = (dict(zip(head, line, strict=True)) for line in listed)
    assert (county["序号"], county["县（市、区、旗）"], county["行政区划代码"]) == (1, "甲县", COUNTY)
    assert county["联系人及职务"] == HOSTILE
    assert county["达标情况"] == "全国标准 48/48\n云南标准 48/48"
    days = [f"{county[name]:%Y-%m-%d}" for name in ("县政府意见", "市级意见", "省级意见")]
    assert days == ["2018-06-29", "2018-07-02", "2018-07-02"]
    printed = words(paper(office, "summary", OBSERVER, "pdf"))
    assert "推荐汇总表" in printed
    assert "演示数据" in printed
    assert "制表日期：2018年7月2日" in printed
    assert "<b>=1+1&amp;{round}</b>〓" in printed
    assert "U+20BB7" in printed
    assert "申报3个县（市、区、旗），其中推荐1个" in printed
    assert "其中推荐1个" in words(paper(office, "summary", PREFECTURE, "pdf", "prefecture"))


def test_the_matrix_has_every_row_in_words_in_a_table_and_a_sign_on_paper(made) -> None:
    office, _ = made
    head, *listed = lines(paper(office, "matrix", PREFECTURE, "xlsx", "prefecture", standard="yunnan-2018"))
    assert head[4:] == ROWS
    told = {line[2]: line for line in listed}
    assert told["甲县"][3:6] == ("符合推荐条件", "达标", "达标")
    assert told["乙县"][3] == "符合推荐条件（评价中）"
    assert lines(paper(office, "matrix", PROVINCE, "xlsx", "prefecture"))[2][3] == "评价中"
    printed = words(paper(office, "matrix", PROVINCE, "pdf", "county"))
    for said in ("图例达达标", "1.1.1", "V3", "尚未上报", "有结论的2个，按全国标准符合申报条件的2个"):
        assert said in printed
    with pytest.raises(Refused, match="没有采用标准“none”"):
        paper(office, "matrix", PROVINCE, "pdf", "county", standard="none")


def test_the_decisions_are_every_move_one_may_read(made) -> None:
    office, _ = made
    head, *listed = lines(paper(office, "decisions", PROVINCE, "xlsx"))
    assert [(line[1], line[3]) for line in listed] == [("甲县", 1), ("甲县", 2), ("乙县", 1)]
    assert listed[1][head.index("理由")] == HOSTILE
    assert listed[0][head.index("时间")].isoformat() == "2018-06-22T12:00:00"
    assert "共办理3次，涉及2个县" in words(paper(office, "decisions", OBSERVER, "pdf"))


@pytest.mark.parametrize("name", ROUND_PAPERS)
def test_they_are_for_reviewers_and_observers_and_the_same_twice(made, name) -> None:
    office, _ = made
    for who in (COORDINATOR, ADMINISTRATOR):
        with pytest.raises(Refused) as refusal:
            paper(office, name, who, "pdf")
        assert refusal.value.code == "not_found"
    for ending in ("pdf", "xlsx"):
        assert paper(office, name, OBSERVER, ending) == paper(office, name, OBSERVER, ending)
    notes = load_workbook(io.BytesIO(paper(office, name, OBSERVER, "xlsx")))["说明"]
    told = " ".join(str(cell.value) for row in notes.iter_rows() for cell in row)
    assert all(one.fingerprint in told for one in office.standards(office_round(office)))
    assert "演示数据" in told


def office_round(office: Office):
    with office.store.read() as tx:
        return tx.rounds.get("2018")


def test_the_command_writes_them_and_refuses_in_a_sentence(made, tmp_path, capsys) -> None:
    _, var = made
    for name in ROUND_PAPERS:
        for ending in ("pdf", "xlsx"):
            out = tmp_path / f"{name}.{ending}"
            asked = [name, "--var", str(var), "--round", "2018", "--printed-on", "2018-07-02", "-o", str(out)]
            assert main(asked, io.StringIO(), STORE_DOCUMENTS) == 0
            assert out.stat().st_size > 5000
    err = io.StringIO()
    wrong = [
        "summary",
        "--var",
        str(var),
        "--round",
        "2019",
        "--printed-on",
        "2018-07-02",
        "-o",
        str(tmp_path / "x.pdf"),
    ]
    assert main(wrong, err, STORE_DOCUMENTS) == 2
    assert err.getvalue() == "没有编号为“2019”的批次。请核对。\n"


def test_a_spreadsheet_of_nothing_has_its_heads_and_says_so() -> None:
    kinds = {kind.name for kind in (*OWN_DOCUMENTS, *STORE_DOCUMENTS) if "xlsx" in kind.endings}
    assert kinds == set(XLSX), "a new kind is made of nothing here too"
    for name, contents in XLSX.items():
        hints = get_type_hints(contents)
        nothing = contents(**{field: () if get_origin(hint) is tuple else "" for field, hint in hints.items()})
        *sheets, notes = load_workbook(io.BytesIO(made_document(name, nothing, "xlsx").content)).worksheets
        assert (bool(sheets), notes.title) == (True, "说明"), name
        for sheet in sheets:
            _, (line, *others) = sheet.iter_rows(values_only=True)
            assert line.startswith(("还没有", "没有")), name
            assert set(others) == {None}, name

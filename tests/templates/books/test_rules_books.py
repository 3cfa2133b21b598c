"""Standards and policy documents on paper: every word there, each at the page the contents say, ours told apart."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from indicators import load_library
from indicators.building.fingerprint import text_fingerprint
from indicators.model import Clause, Policy
from templates.books.guide import render_guide
from templates.books.policy import render_policy
from templates.books.standard import render_standard

LIBRARY = load_library()


GUIDE = Path(__file__).parents[3] / "docs" / "user-guide.md"


class Read:
    """What a reader's viewer finds in the file."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.pages = ["".join(page.extract_text().split()) for page in self.reader.pages]

    @property
    def words(self) -> str:
        """All text without white space; what stands at the foot and head of every page is left out."""
        furniture = re.compile(r"第\d+页共\d+页|指纹[0-9a-f]{16}(?![0-9a-f])")
        title = "".join((self.reader.metadata.title or "").split())
        return "".join(furniture.sub("", page.replace(title, "") if at else page) for at, page in enumerate(self.pages))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module", params=LIBRARY.standards)
def standard(request):
    return LIBRARY.standards[request.param], Read(render_standard(LIBRARY, request.param).pdf)


@pytest.fixture(scope="module", params=LIBRARY.policies)
def document(request):
    policy = LIBRARY.policies[request.param]
    return policy, Read(render_policy(policy).pdf)


def test_every_statement_stands_whole_on_one_page(standard):
    rules, read = standard
    assert [row.id for row in rules.rows() if not any(squeezed(row.statement) in page for page in read.pages)] == []


def test_the_table_s_head_stands_on_every_page_of_it(standard):
    rules, read = standard
    last = next(at for at, page in enumerate(read.pages) if squeezed(rules.rows()[-1].statement) in page)
    column = "责任单位" if rules.id.startswith("yunnan") else "评估方法"
    for page in read.pages[1 : last + 1]:
        assert page.count(f"项目内容指标{column}") == 1


def test_a_row_longer_than_a_page_says_on_the_next_that_it_goes_on():
    national = LIBRARY.standards["national-2018"]
    long = "\n".join(f"第{number}句，本条很长，一页写不下，须接着写在下一页上。" for number in range(100))
    rows = tuple(replace(row, statement=long) if row.id == "3.3.2" else row for row in national.indicators)
    made = replace(LIBRARY, standards={"national-2018": replace(national, indicators=rows)})
    read = Read(render_standard(made, "national-2018").pdf)
    assert all(f"第{number}句" in read.words for number in range(100))
    resumed = [page for page in read.pages if "3.3.2（续）" in page]
    assert resumed
    assert all("（见上页）" in page and "项目内容指标评估方法" in page for page in resumed)
    assert len(resumed) == sum("本条很长" in page for page in read.pages) - 1


def test_the_last_column_is_the_documents_own():
    national, yunnan = (Read(render_standard(LIBRARY, name).pdf) for name in ("national-2018", "yunnan-2018"))
    assert "评估方法" in national.pages[1]
    assert "审阅材料、听取汇" in national.pages[1]
    assert "责任单位" in yunnan.pages[1]
    assert "审阅材料" not in yunnan.pages[1]


def test_every_clause_can_be_read_off_the_paper(document):
    policy, read = document
    for clause in policy.clauses:
        for paragraph in clause.text.split("\n"):
            text = squeezed(paragraph)
            whole = text in read.words
            assert whole or any(text[:at] in read.words and text[at:] in read.words for at in range(1, len(text)))


def test_the_contents_name_the_pages_on_which_things_stand(document):
    _, read = document
    outline = [one for one in read.reader.outline[1:] if not isinstance(one, list)]
    contents = read.pages[0]
    for entry in outline:
        page = read.reader.get_destination_page_number(entry) + 1
        title = re.escape(squeezed(entry.title))
        assert re.search(rf"{title}…+{page}(?!\d)", contents), (entry.title, page)
        assert squeezed(entry.title) in read.pages[page - 1]


def test_pages_are_counted_and_bear_the_fingerprint(standard):
    rules, read = standard
    assert len(read.pages) > 5
    for number, page in enumerate(read.pages, start=1):
        assert f"第{number}页共{len(read.pages)}页" in page
        assert f"指纹{rules.fingerprint[:16]}" in page
    assert rules.fingerprint in read.pages[0].replace("指纹", "")


def test_founding_clauses_are_there_and_marked_as_listed_by_the_tool(standard):
    _, read = standard
    assert "政策依据（本工具所列）依据：国发〔2016〕36号三（一）、四（一）" in read.words


def test_suggested_material_is_there_only_when_asked_and_marked_as_ours():
    label = squeezed(LIBRARY.standards["national-2018"].row("3.3.2").evidence[0].label)
    assert label not in Read(render_standard(LIBRARY, "national-2018").pdf).words
    read = Read(render_standard(LIBRARY, "national-2018", evidence=True).pdf)
    assert label in read.words
    assert read.words.count("建议材料（本工具提出，非文件规定）") == sum(
        bool(row.evidence) for row in LIBRARY.standards["national-2018"].rows()
    )


def test_mended_scan_faults_are_told(document):
    policy, read = document
    assert ("扫描件错字的更正" in read.words) == bool(policy.mended)
    for one in policy.mended:
        assert squeezed(one.mended) in read.words


def test_printing_twice_gives_the_same_bytes():
    assert render_standard(LIBRARY, "yunnan-2018").pdf == render_standard(LIBRARY, "yunnan-2018").pdf


def test_a_document_of_one_clause_and_characters_no_font_has_prints():
    clause = Clause("一", "总则", "第一条。\n<b>不是标记</b>\U0001f9ff")
    policy = Policy("p", "某县通知" * 30, None, "某机关", None, (clause,))
    book = render_policy(policy)
    read = Read(book.pdf)
    assert "<b>不是标记</b>〓" in read.words
    assert book.missing_glyphs == ("\U0001f9ff",)
    assert "已印作“〓”：U+1F9FF" in read.pages[0]
    assert "文号不详" in read.pages[0]


def test_the_fingerprint_of_a_document_is_of_its_words_alone():
    policy = LIBRARY.policies["xuchang-2017-38"]
    read_otherwise = replace(policy, clauses=tuple(replace(one, commitments=()) for one in policy.clauses))
    reworded = replace(policy, clauses=(replace(policy.clauses[0], text="别的话。"), *policy.clauses[1:]))
    assert text_fingerprint(read_otherwise) == text_fingerprint(policy)
    assert text_fingerprint(reworded) != text_fingerprint(policy)


def test_a_row_longer_than_a_page_runs_on_and_is_not_cut():
    national = LIBRARY.standards["national-2018"]
    text = "".join(f"第{number}项要求。" for number in range(600))
    rows = (replace(national.indicators[0], statement=text), *national.indicators[1:])
    rules = replace(LIBRARY, standards={"national-2018": replace(national, indicators=rows)})
    read = Read(render_standard(rules, "national-2018").pdf)
    assert all(f"第{number}项要求" in read.words for number in range(600) if number % 37 == 0)


def test_no_line_spreads_by_what_the_line_before_it_was_spread_by():
    """PDF keeps the spacing of characters from one text object to the next; a line set tight must not inherit it."""
    reader = PdfReader(io.BytesIO(render_standard(LIBRARY, "national-2018").pdf))
    for page in reader.pages:
        spacing = 0.0
        for operands, operator in page.get_contents().operations:
            if operator == b"Tc":
                spacing = float(operands[0])
            if operator == b"BT":
                assert spacing == 0.0


def test_a_document_with_more_than_ten_parts_prints():
    """十一（一）stands below 十一 and not below 十."""
    policy = LIBRARY.policies["xuchang-2017-38"]
    clauses = tuple(
        replace(policy.clauses[0], id=name, heading=f"{name}　标题", commitments=(), shortfalls=())
        for name in ("十（一）", "十一（一）")
    )
    outline = Read(
        render_policy(replace(policy, sections={"十": "十部分", "十一": "十一部分"}, clauses=clauses)).pdf
    ).reader.outline
    named = [[one.title for one in part] if isinstance(part, list) else part.title for part in outline]
    assert named == ["目录", "十　十部分", ["十（一）　标题"], "十一　十一部分", ["十一（一）　标题"]]


def test_the_guide_is_printed_whole_with_its_pictures_and_without_its_marks() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    book = render_guide(GUIDE)
    read = Read(book.pdf)
    assert book.missing_glyphs == ()
    assert not set("*`#|") & set(read.words)
    headless = re.sub(r"^\|[^\n]*\n\|-[^\n]*\n", "", text, flags=re.MULTILINE)
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*`#|]|^- ", r"\1", headless, flags=re.MULTILINE)
    told = squeezed(words.split("\n", 1)[1])
    missing = [part for part in re.split("[。；：，]", told) if part and part not in read.words.replace("·", "")]
    assert missing == []
    pictures = sum(len(page.images) for page in read.reader.pages)
    assert pictures == len(re.findall(r"!\[", text))

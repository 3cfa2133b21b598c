"""申报材料汇编: what can be bound is bound on A4 and numbered; what cannot is named in the index with a word."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from templates.binding.material import MOST_PAGES
from templates.cli import main

A4 = (595, 842)
FILE = """\
format: 1
round: {id: "2018", standards: [national-2018], period: {from: "2017-01-01", to: "2018-06-30"}}
division: {code: "990121", name: 甲县}
evidence:
"""


def drawn(pages=1, size=A4, words="page"):
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(50, 50, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def changed(change, **options):
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn())) as pdf:
        change(pdf)
        pdf.save(stream, **options)
    return stream.getvalue()


def scripted(pdf):
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def launching(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def attaching(pdf):
    pdf.attachments["a.exe"] = b"MZ"


def picture(kind, size, mode="RGB"):
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, kind)
    return stream.getvalue()


def nothing(_pdf):
    """A file that is only locked."""


LOCKED = changed(nothing, encryption=pikepdf.Encryption(owner="a", user="b"))
OPEN_TO_READ = changed(nothing, encryption=pikepdf.Encryption(owner="a", user=""))
# number → file name, its bytes, how many pages of it are bound, else the word in the index
MATERIAL = {
    "E01": ("a.pdf", drawn(2, words="first"), 2, ""),
    "E02": ("wide.pdf", drawn(1, (842, 595)), 1, ""),
    "E03": ("photo.jpg", picture("JPEG", (900, 600)), 1, ""),
    "E04": ("scan.png", picture("PNG", (60, 90), "RGBA"), 1, ""),
    "E05": ("locked.pdf", LOCKED, 0, "文件加了密码"),
    "E06": ("open.pdf", OPEN_TO_READ, 0, "文件加了密码"),
    "E07": ("cut.pdf", drawn(3)[:600], 0, "文件已损坏"),
    "E08": ("long.pdf", drawn(MOST_PAGES + 1), 0, f"有{MOST_PAGES + 1}页，超过{MOST_PAGES}页"),
    "E09": ("script.pdf", changed(scripted), 0, "文件含有脚本、附件等活动内容"),
    "E10": ("launch.pdf", changed(launching), 0, "文件含有脚本、附件等活动内容"),
    "E11": ("attached.pdf", changed(attaching), 0, "文件含有脚本、附件等活动内容"),
    "E12": ("list.docx", b"PK\x03\x04", 0, "不是PDF或图片"),
    "E13": ("bomb.png", picture("PNG", (9_900, 9_900), "1"), 0, "图片过大（9900×9900）"),
    "E14": ("broken.jpg", b"\xff\xd8\xff\xe0 nothing", 0, "文件已损坏"),
    "E15": ("../../etc/passwd", None, 0, "没有找到文件"),
    "E16": (None, None, 0, "没有上传文件"),
}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    lines = []
    for number, (name, content, _, _) in MATERIAL.items():
        file = f', file: "{name}"' if name else ""
        lines.append(f"  {number}: {{title: <b>材料{number}</b>, kind: document{file}}}\n")
        if content is not None:
            (folder / name).write_bytes(content)
    (folder / "county.yaml").write_text(FILE + "".join(lines), encoding="utf-8")
    return folder


def packed(county, *options, name="out.pdf"):
    said = io.StringIO()
    arguments = ["package", county / "county.yaml", "--material", county, "-o", county / name, *options]
    return main([str(argument) for argument in arguments], said), said.getvalue()


@pytest.fixture(scope="module")
def whole(county):
    assert packed(county) == (0, "")
    return PdfReader(county / "out.pdf")


def words(page):
    return "".join(page.extract_text().split())


def test_every_material_is_in_the_index_with_its_place_or_a_word(whole):
    pages = [words(page) for page in whole.pages]
    index = "".join(page for page in pages if "佐证材料目录" in page)
    assert "随后附材料4件，未附12件" in index
    bound = len(whole.pages) - 5
    for number, (_, _, count, word) in MATERIAL.items():
        told = index.partition(f"{number}<b>材料{number}</b>")[2][:60]
        if word:
            assert f"未附：{word}" in told, (number, told)
        else:
            assert f"{count}总第{bound + 1}页" in told, (number, told)
            bound += count
    assert bound == len(whole.pages)


def test_material_stands_on_a4_numbered_upright_or_sideways_and_the_form_s_pages_carry_nothing(whole):
    count = len(whole.pages)
    for at, page in enumerate(whole.pages, start=1):
        size = sorted(round(float(side)) for side in (page.mediabox.width, page.mediabox.height))
        assert size == sorted(A4)
        assert (f"总第{at}页共{count}页" in words(page)) is (at > 2)
    first = whole.pages[count - 5]
    assert "first 1" in first.extract_text()
    assert "E01<b>材料E01</b>第1页共2页" in words(first)
    assert whole.pages[count - 3].mediabox.width > whole.pages[count - 3].mediabox.height


def test_bookmarks_lead_to_the_parts_and_to_each_material(whole):
    titles = [entry.title for entry in whole.outline if not isinstance(entry, list)]
    assert titles == ["申报表", "自评报告", "佐证材料目录", "佐证材料"]
    materials = whole.outline[-1]
    assert [entry.title for entry in materials] == [f"{e}　<b>材料{e}</b>" for e in ("E01", "E02", "E03", "E04")]
    count = len(whole.pages)
    assert [whole.get_destination_page_number(entry) for entry in materials] == [count - n for n in (5, 3, 2, 1)]


def test_the_same_package_is_the_same_file_and_holds_no_action(county, whole):
    assert packed(county, name="again.pdf") == (0, "")
    again = (county / "again.pdf").read_bytes()
    assert again == (county / "out.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(again)) as pdf:
        dictionaries = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        assert not [thing for thing in dictionaries if "/JS" in thing or "/AA" in thing or "/Annots" in thing]


def test_only_the_chosen_are_bound_and_an_unknown_one_is_refused(county):
    assert packed(county, "--evidence", "E02,E03", name="chosen.pdf") == (0, "")
    assert [entry.title[:3] for entry in PdfReader(county / "chosen.pdf").outline[-1]] == ["E02", "E03"]
    code, said = packed(county, "--evidence", "E99", name="none.pdf")
    assert (code, "没有材料“E99”" in said, Path(county / "none.pdf").exists()) == (2, True, False)


def test_a_place_that_is_no_folder_and_no_package_is_refused(county):
    code, said = packed(county, "--material", county / "list.docx", name="none.pdf")
    assert code == 2
    assert "交换包" in said

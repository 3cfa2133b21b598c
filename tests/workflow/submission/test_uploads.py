"""Evidence files: told by their bytes, shown under a harmless name, without what a photo knows about a place."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from scoring.submission import Attachment
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    DEPARTMENT,
    GOVERNMENT,
    NEIGHBOUR,
    NOW,
    PREFECTURE,
    head,
    move,
    opened_by,
    person,
    put_everywhere,
    put_submission,
    write,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.states import State
from workflow.submission.uploads import MAX_BYTES, Upload, attach_file, check_file, read_file, safe_name
from workflow.targets import Target

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 200


def photo(kind: str = "JPEG") -> bytes:
    """A real picture with a place, a camera and an orientation in its EXIF block."""
    image = Image.new("RGB", (40, 20), (10, 120, 200))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "相机厂", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 11.0), 3: "E", 4: (102.0, 42.0, 31.0)})
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def zipped(*names: str, **texts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in dict.fromkeys((*names, *texts)):
            archive.writestr(name, texts.get(name, "<x/>"))
    return out.getvalue()


def bomb() -> bytes:
    """64 MiB and a byte of one character."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", bytes(64 * 1024 * 1024 + 1))
    return out.getvalue()


def packed_oddly() -> bytes:
    """As few programs can unpack."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def word(*parts: str, **texts: str) -> bytes:
    return zipped("[Content_Types].xml", "word/document.xml", *parts, **texts)


def typed(content_type: str) -> bytes:
    return word(**{"[Content_Types].xml": f'<Types><Override PartName="/a" ContentType="{content_type}"/></Types>'})


def related(kind: str, target: str, mode: str = "External") -> bytes:
    said = (
        f'<Relationships><Relationship Id="r" Type="{_R}{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return word(**{"word/_rels/settings.xml.rels": said})


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


DOCX = zipped("[Content_Types].xml", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")
OFD = zipped("OFD.xml", "Doc_0/Document.xml")
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 500


def directory(*names: str) -> bytes:
    return OLE + b"".join(f"{name}\0".encode("utf-16-le") + b"\x00" * 40 for name in names)


DOC, XLS, MSI = directory("Root Entry", "WordDocument"), directory("Workbook"), directory("Root Entry", "Property")
ACCEPTED = [
    ("a.pdf", PDF), ("a.PDF", PDF), ("a.jpg", photo()), ("a.jpeg", photo()), ("a.png", photo("PNG")), ("a.docx", DOCX),
    ("a.wps", DOCX), ("a.xlsx", XLSX), ("a.et", XLSX), ("a.ofd", OFD), ("a.doc", DOC), ("a.wps", DOC), ("a.xls", XLS),
    ("a.et", XLS), ("b.docx", typed(_MAIN)), ("c.docx", word("word/embeddings/Microsoft_Excel_Worksheet.xlsx")),
    ("d.docx", related("hyperlink", "http://example.org/")),
    ("e.docx", related("attachedTemplate", "a.dotx", "Internal")),
]  # fmt: skip
REFUSED = [
    ("a.pdf", b"", "empty_file"),
    ("a.pdf", PDF + b"\x00" * MAX_BYTES, "too_large"),
    ("a.pdf", b"%PDF-" + b"\x00" * (50 * 1024 * 1024), "too_large"),
    ("a.docx", bomb(), "too_large"),
    ("a.docx", packed_oddly(), "bad_file_type"),
    ("a.pdf", PROGRAM, "bad_file_type"),
    ("a.exe", PROGRAM, "bad_file_type"),
    ("a.exe", PDF, "bad_file_type"),
    ("a.jpg", PROGRAM, "bad_file_type"),
    ("a.pdf", DOCX, "bad_file_type"),
    ("a.docx", XLSX, "bad_file_type"),
    ("a.xlsx", DOCX, "bad_file_type"),
    ("a", PDF, "bad_file_type"),
    ("a.html", b"<script>alert(1)</script>", "bad_file_type"),
    ("a.svg", b"<svg onload='alert(1)'/>", "bad_file_type"),
    ("a.zip", zipped("a.txt"), "bad_file_type"),
    ("a.docx", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "bad_file_type"),
    ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml", "xl/VBAPROJECT.BIN"), "bad_file_type"),
    ("a.docx", zipped("[Content_Types].xml", "word/document.xml", "word/embeddings/x.exe"), "bad_file_type"),
    ("a.docx", b"PK\x03\x04broken", "bad_file_type"),
    ("a.doc", MSI, "bad_file_type"),
    ("a.doc", XLS, "bad_file_type"),
    ("a.doc", directory("WordDocument", "Macros"), "bad_file_type"),
    ("a.xls", directory("Workbook", "_VBA_PROJECT"), "bad_file_type"),
    ("a.xls", directory("Workbook", "_VBA_PROJECT_CUR"), "bad_file_type"),
    ("a.doc", directory("WordDocument", "MACROS"), "bad_file_type"),
    ("a.pdf", PDF.replace(b"%%EOF", b""), "bad_file_type"),
    ("a.pdf", PDF + b"\x00" * 1024, "bad_file_type"),
    ("a.docx", typed(_MACROS), "bad_file_type"),
    ("a.docx", typed("application/vnd.ms-office.vbaProject"), "bad_file_type"),
    ("a.wps", typed("application/vnd.openxmlformats-officedocument.oleObject"), "bad_file_type"),
    ("a.docx", related("attachedTemplate", "http://example.org/a.dotm"), "bad_file_type"),
    ("a.docx", related("oleObject", "file://a/b"), "bad_file_type"),
    ("a.docx", word("word/embeddings/oleObject1.bin"), "bad_file_type"),
    *(("a.docx", word(f"word/embeddings/x{end}"), "bad_file_type") for end in (".bat", ".ps1", ".SCR", ".cmd", ".lnk")),
    ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "bad_file_type"),
    ("a.docx", word(**{"[Content_Types].xml": "not xml"}), "bad_file_type"),
    ("a.docx", word(**{"[Content_Types].xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "bad_file_type"),
    ("a.jpg", b"\xff\xd8\xff\xe0broken", "bad_file_type"),
    ("a.png", photo(), "bad_file_type"),
]


@pytest.mark.parametrize(("name", "data"), ACCEPTED, ids=range(len(ACCEPTED)))
def test_what_offices_use_is_accepted(name: str, data: bytes) -> None:
    assert check_file(name, data).name == name


@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_what_it_says_or_could_run_is_refused(office, draft, name: str, data: bytes, code: str) -> None:
    before = head(office)
    with pytest.raises(Refused) as caught:
        attach_file(office, COORDINATOR, draft, Upload("E01", name, data), NOW)
    assert caught.value.code == code
    assert head(office) == before
    kept = (
        [f for f in (office.store.files.folder).rglob("*") if f.is_file()] if office.store.files.folder.exists() else []
    )
    assert kept == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/a/b/报告.pdf", "报告.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ('x"<>|?*.pdf', "x.pdf"),
        ("...", "未命名"),
        ("", "未命名"),
        (".pdf", "pdf"),
        ("字" * 300 + ".pdf", "字" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_shown_and_leads_nowhere(given: str, shown: str) -> None:
    assert safe_name(given) == shown


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_loses_its_place_and_camera_and_stands_upright(kind: str) -> None:
    data = photo(kind)
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    kept = check_file(f"a.{'jpg' if kind == 'JPEG' else 'png'}", data).data
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (20, 40)
        assert dict(image.getexif()) == {}
        assert not image.info.get("exif")
    assert "相机厂".encode() not in kept


def test_a_file_is_kept_by_its_digest_and_read_by_those_who_may_read_the_submission(office, draft) -> None:
    kept = attach_file(office, COORDINATOR, draft, Upload("E01", "../报告.pdf", PDF), NOW)
    write(
        office,
        COORDINATOR,
        draft,
        (Target.evidence("E01"), {"title": "报告", "file": kept.name, "sha256": kept.sha256}),
    )
    for who in (COORDINATOR, DEPARTMENT, GOVERNMENT):
        record, data = read_file(office, who, draft, kept.sha256)
        assert (record.name, record.media_type, data) == ("报告.pdf", "application/pdf", PDF)
    for who in (PREFECTURE, ADMINISTRATOR, person(Role.COUNTY_COORDINATOR, NEIGHBOUR)):
        with pytest.raises(Refused) as caught:
            read_file(office, who, draft, kept.sha256)
        assert caught.value.code == "not_found"
    for digest in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(Refused) as caught:
            read_file(office, COORDINATOR, draft, digest)
        assert caught.value.code == "not_found"


def test_the_same_bytes_in_two_entries_are_saved_under_the_name_each_gives_them(office, draft) -> None:
    kept = attach_file(office, COORDINATOR, draft, Upload("E01", "报告.pdf", PDF), NOW)
    for entry, name in (("E01", "报告.pdf"), ("E02", "附件2.pdf"), ("E03", "报告.exe")):
        write(
            office, COORDINATOR, draft, (Target.evidence(entry), {"title": "报告", "file": name, "sha256": kept.sha256})
        )
    names = {e: read_file(office, COORDINATOR, draft, kept.sha256, e)[0].name for e in ("E01", "E02", "E03", "E09")}
    assert names == {"E01": "报告.pdf", "E02": "附件2.pdf", "E03": "报告.pdf", "E09": "报告.pdf"}


def test_an_entry_naming_a_file_nobody_uploaded_is_refused_and_may_stay_where_it_stands(office, draft) -> None:
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (Target.evidence("E01"), {"title": "报告", "sha256": "0" * 64}))
    assert caught.value.code == "file_not_held"
    assert "材料 E01" in str(caught.value)
    put_everywhere(office, draft, {Target.evidence("E01"): {"title": "报告", "sha256": "0" * 64}})
    write(office, COORDINATOR, draft, (Target.evidence("E01"), {"title": "工作报告", "sha256": "0" * 64}))
    assert opened_by(office, COORDINATOR, draft).content.evidence["E01"].title == "工作报告"


def test_a_file_of_another_submission_does_not_serve(office, draft) -> None:
    kept = attach_file(office, COORDINATOR, draft, Upload("E01", "报告.pdf", PDF), NOW)
    with office.store.write("scene", NOW) as tx:
        other = put_submission(tx, NEIGHBOUR, State.DRAFT).id
    neighbour = person(Role.COUNTY_COORDINATOR, NEIGHBOUR)
    with pytest.raises(Refused) as caught:
        write(office, neighbour, other, (Target.evidence("E01"), {"title": "报告", "sha256": kept.sha256}))
    assert caught.value.code == "file_not_held"


def test_who_may_not_write_the_entry_may_not_attach_to_it_either(office, draft) -> None:
    for who, evidence in ((GOVERNMENT, "E01"), (DEPARTMENT, "G1")):
        with pytest.raises(Refused):
            attach_file(office, who, draft, Upload(evidence, "a.pdf", PDF), NOW)
    attach_file(office, DEPARTMENT, draft, Upload("E01", "a.pdf", PDF), NOW)
    move(office, COORDINATOR, draft, "hand_over")
    with pytest.raises(Refused) as caught:
        attach_file(office, COORDINATOR, draft, Upload("E02", "a.pdf", PDF), NOW)
    assert caught.value.code == "wrong_state"


def test_a_name_with_an_identity_number_is_refused(office, draft) -> None:
    with pytest.raises(Refused) as caught:
        attach_file(office, COORDINATOR, draft, Upload("E01", "11010519491231002X.pdf", PDF), NOW)
    assert caught.value.code == "personal_identifier"


def test_a_file_damaged_on_the_disk_is_said_to_be(office, draft) -> None:
    kept = attach_file(office, COORDINATOR, draft, Upload("E01", "a.pdf", PDF), NOW)
    office.store.files.path(kept.sha256).unlink()
    with pytest.raises(Refused) as caught:
        read_file(office, COORDINATOR, draft, kept.sha256)
    assert caught.value.code == "file_missing"
    assert opened_by(office, COORDINATOR, draft)


def test_a_visits_photo_is_a_picture_kept_by_who_may_write_the_visit(office, draft) -> None:
    visit = Target.site_visit("prefecture", 1)
    with pytest.raises(Refused):  # the county has it still
        attach_file(office, PREFECTURE, draft, Upload("", "现场.jpg", photo(), visit), NOW)
    with office.store.write("scene", NOW) as tx:
        tx.moves.add(draft, move="scene", to_state="submitted", expected_version=tx.submissions.get(draft).version)
    with pytest.raises(Refused, match=r"不是照片。请上传 jpg 或 png"):
        attach_file(office, PREFECTURE, draft, Upload("", "现场.pdf", PDF, visit), NOW)
    with pytest.raises(Refused) as caught:
        attach_file(office, COORDINATOR, draft, Upload("", "现场.jpg", photo(), visit), NOW)
    assert caught.value.code == "wrong_role"
    kept = attach_file(office, PREFECTURE, draft, Upload("", "现场.jpg", photo(), visit), NOW)
    body = {"level": "prefecture", "date": "2018-07-02", "places": ["甲镇"], "methods": ["on_site_check"]}
    write(office, PREFECTURE, draft, (visit, body | {"photos": [{"file": kept.name, "sha256": kept.sha256}]}))
    assert opened_by(office, PREFECTURE, draft).content.site_visits[0].photos == (Attachment("现场.jpg", kept.sha256),)
    record, data = read_file(office, PREFECTURE, draft, kept.sha256)
    assert (record.name, data[:3]) == ("现场.jpg", b"\xff\xd8\xff")
    with pytest.raises(Refused, match="没有这份材料"):  # a visit not given yet
        read_file(office, COORDINATOR, draft, kept.sha256)

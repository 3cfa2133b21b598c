"""Evidence files: what they are is told from their content, never from their name; photos lose their metadata.

What their text says of persons is looked at before anything is kept (`workflow.file_text`).

Accepted: pdf, jpg, png, docx, xlsx, ofd, wps/et and the old doc/xls (one container format). Scripts, programs, archives
and office files with macros are refused. Bytes are kept by SHA-256; the name is only shown.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PIL import Image, ImageOps

from scoring.submission import EvidenceItem
from storage.errors import StoreError
from storage.records import FileRecord
from storage.store import Transaction
from workflow.entries.attached import PICTURES, SCANS, digests
from workflow.errors import Refused
from workflow.file_text.findings import remarks_on
from workflow.file_text.kept import keep
from workflow.file_text.passages import FileText
from workflow.file_text.reading import text_of
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import edit_refusal
from workflow.privacy import refuse_identifiers_in_text
from workflow.submission.file_kinds import is_bomb, kinds_of
from workflow.submission.snapshot import Opened, open_submission, read_opened, read_snapshot
from workflow.targets import Target

MAX_BYTES = 10 * 1024 * 1024
ACCEPTED = "pdf、jpg、png、docx、xlsx、ofd、wps、et、doc、xls"
MAX_PIXELS = 100_000_000
MOST_AT_ONCE = 200  # files of one batch
_MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "wps": "application/vnd.ms-works",
    "et": "application/octet-stream",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
}
# What Pillow reads of a picture that it wrote with nothing but pixels.
_OF_PIXELS = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "transparency"})
_SAME_CONTENT = {"jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file: the register entry it belongs to, the name the browser gave, the bytes. ``beside``: the visit
    whose photo it is, the opinion's scan that it is, which are none of the register."""

    evidence_id: str
    name: str
    data: bytes
    beside: Target | None = None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A checked file: bytes to store (photos without metadata), name to show, media type to serve."""

    data: bytes
    name: str
    media_type: str


def attach_file(office: Office, person: Person, submission_id: int, upload: Upload, now: datetime) -> FileRecord:
    """`attach_and_read` for who does not want its text."""
    return attach_and_read(office, person, submission_id, upload, now)[0]


def attach_and_read(
    office: Office, person: Person, submission_id: int, upload: Upload, now: datetime
) -> tuple[FileRecord, FileText]:
    """Keep a file for an entry of the register (saved or about to be); its SHA-256 then goes into the entry's body.

    Raises Refused: permission, ``too_large``, ``empty_file``, ``bad_file_type``, ``personal_identifier`` (in the name
    or in its text; what else is to be told of the text is kept beside it).
    """
    target = upload.beside or Target.evidence(upload.evidence_id)
    ending = upload.name.rpartition(".")[2].lower()
    if target.kind == "site_visit" and ending not in PICTURES:
        raise Refused("bad_file_type", f"“{safe_name(upload.name)}”不是照片。请上传 jpg 或 png。")
    if target.is_scan and ending not in SCANS:
        raise Refused("bad_file_type", f"“{safe_name(upload.name)}”不是扫描件。请上传 pdf、jpg 或 png。")
    refusal = edit_refusal(person, target, open_submission(office, person, submission_id).context)
    if refusal is not None:
        raise refusal
    # 文件名先查：其余各种拒绝都会把文件名写进提示。
    refuse_identifiers_in_text("上传的文件", "file", safe_name(upload.name))
    checked = check_file(upload.name, upload.data)
    text = text_of(checked.data)
    remarks = remarks_on(checked.name, text)
    sha256 = office.store.files.put(io.BytesIO(checked.data), max_bytes=MAX_BYTES)
    with office.store.write(person.username, now) as tx:
        # 放好字节以后再问一次：其间状态可能已变，没有登记的字节无害。
        refusal = edit_refusal(person, target, read_snapshot(office, tx, person, submission_id).context)
        if refusal is not None:
            raise refusal
        keep(tx, sha256, remarks)
        return tx.files.register(submission_id, sha256, name=checked.name, media_type=checked.media_type), text


def read_file(
    office: Office, person: Person, submission_id: int, sha256: str, evidence_id: str | None = None
) -> tuple[FileRecord, bytes]:
    """A file of a submission this person may read, under the name its entry of the register gives it.

    The same bytes may stand under two entries: ``evidence_id`` says which; without it the first that names them.
    Raises Refused ``not_found``, for absent, foreign and not given yet alike.
    """
    refused = Refused("not_found", "没有这份材料，或不在您的辖区内。")
    with office.store.read() as tx:
        try:
            opened = read_opened(office, tx, person, submission_id)
        except Refused as error:
            raise refused from error
        record = tx.files.get(submission_id, sha256)
        if record is None or not _may_read_file(tx, opened, record):
            raise refused
    record = replace(record, name=_name_given(opened.seen.content.evidence, record, evidence_id))
    try:
        with office.store.files.open(sha256) as stream:
            return record, stream.read()
    except (OSError, StoreError) as error:
        raise Refused("file_missing", file=record.name) from error


def _may_read_file(tx: Transaction, opened: Opened, record: FileRecord) -> bool:
    """Whoever sees an entry that names it; what none names (any more), those beside whom it was uploaded."""
    naming = [t for t, entry in opened.whole.entries.items() if record.sha256 in digests(t, entry.body)]
    if naming:
        return any(target in opened.seen.entries for target in naming)
    by = tx.accounts.by_username(record.added_by)
    return record.added_by == opened.whole.person.username or (
        by is not None and by.division_code == opened.whole.person.division_code
    )


def _name_given(register: Mapping[str, EvidenceItem], record: FileRecord, evidence_id: str | None) -> str:
    """The name the register gives these bytes; its extension must be the kept one's, which was checked."""
    names = {key: item.file for key, item in register.items() if item.sha256 == record.sha256 and item.file}
    name = safe_name(names.get(evidence_id or "") or next(iter(names.values()), None) or record.name)
    same = name.rpartition(".")[2].lower() == record.name.rpartition(".")[2].lower()
    return name if same else record.name


def check_file(name: str, data: bytes) -> CheckedFile:
    """Check an uploaded file's kind and size. Raises Refused (``empty_file``, ``too_large``, ``bad_file_type``)."""
    shown = safe_name(name)
    if not data:
        raise Refused("empty_file", file=shown)
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise Refused(
            "too_large", f"文件“{shown}”有{size:.1f}MB，超过{MAX_BYTES // 1024 // 1024}MB的限制。请压缩或分开上传。"
        )
    kinds = kinds_of(data)
    extension = shown.rpartition(".")[2].lower()
    extension = _SAME_CONTENT.get(extension, extension)
    if extension not in kinds:
        is_really = f"内容是{'或'.join(sorted(kinds))}" if kinds else "内容不是可接受的格式"
        raise Refused("bad_file_type", f"文件“{shown}”的{is_really}，与扩展名不符或不予接受。可上传：{ACCEPTED}。")
    if is_bomb(data):
        raise Refused(
            "too_large",
            f"文件“{shown}”展开后异常之大（压缩炸弹），不像正常的文件。请用 WPS 等打开核对，另存一份再上传。",
        )
    if extension in {"jpg", "png"}:
        data = _without_metadata(data, extension, shown)
    return CheckedFile(data, shown, _MEDIA[extension])


def tells_more(data: bytes) -> bool:
    """Whether a picture holds more than its pixels, which a checked one does not."""
    if not data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return False
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as image:
        image.load()
        return not image.info.keys() <= _OF_PIXELS or bool(image.getexif())


def safe_name(name: str) -> str:
    """A name fit to show and to send in a header: no folders, no controls, at most 120 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    stem, dot, extension = clean.rpartition(".")
    if not dot:
        return clean[:120] or "未命名"
    return f"{stem[: 119 - len(extension)] or '未命名'}.{extension}" if len(extension) <= 8 else clean[:120]  # noqa: PLR2004 - longer is no extension


def _without_metadata(data: bytes, kind: str, shown: str) -> bytes:
    """The picture's pixels alone, upright: no GPS, no camera, no comments (domain: never a child's whereabouts)."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG" if kind == "jpg" else "PNG"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Refused("too_large", f"图片“{shown}”超过一亿像素。请缩小后上传。")
            upright = ImageOps.exif_transpose(image)
            bare = Image.new(upright.mode, upright.size)
            if upright.mode == "P" and (palette := upright.getpalette()):
                bare.putpalette(palette)
            bare.paste(upright)
            rewritten = io.BytesIO()
            if kind == "jpg":
                bare.convert("RGB").save(rewritten, "JPEG", quality=92)
            else:
                bare.save(rewritten, "PNG")
            return rewritten.getvalue()
    except Refused:
        raise
    except Exception as error:  # Pillow raises whatever its decoders raise
        raise Refused("bad_file_type", f"图片“{shown}”打不开，可能已损坏。请重新导出后上传。") from error

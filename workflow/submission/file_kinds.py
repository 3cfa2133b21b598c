"""What bytes are, told from their content: which of the accepted kinds they may be, none when they could run.

An office file is refused whatever its name when it holds macros (old and new containers), embedded objects or
programs, or takes its template from elsewhere: a template fetched on opening brings its own macros along.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from scoring.archives.guarded import UNREADABLE, pieces

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PDF_TAIL = 1024
_NONE: frozenset[str] = frozenset()
_RUNNABLE = (
    "vbaproject.bin", "vbadata.xml", ".exe", ".dll", ".com", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta",
    ".bat", ".cmd", ".ps1", ".scr", ".pif", ".lnk", ".jar",
)  # fmt: skip
# 嵌入的图表数据是普通的 xlsx，可以留；oleObject 里是什么都有可能。
_RUNNABLE_PART = re.compile(r"(?:^|/)(?:macrosheets|activex)/|(?:^|/)oleobject[^/]*$")
_RUNNABLE_TYPES = ("macroenabled", "vbaproject", "macrosheet", "oleobject", "activex")
_FETCHED_TYPES = ("/attachedtemplate", "/oleobject", "/frame", "/subdocument")
_MOST_XML = 4 * 1024 * 1024
_MOST_UNPACKED, _MOST_TIMES = 64 * 1024 * 1024, 100


def kinds_of(data: bytes) -> frozenset[str]:
    """The extensions these bytes may stand under; none when they are not accepted."""
    if data.startswith(b"%PDF-"):
        # 没有结尾标记的是截断的文件，或是借了开头的别的东西。
        return frozenset({"pdf"}) if b"%%EOF" in data[-_PDF_TAIL:] else _NONE
    if data.startswith(b"\xff\xd8\xff"):
        return frozenset({"jpg"})
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return frozenset({"png"})
    if data.startswith(_OLE):
        return _ole_kinds(data)
    return _zipped_kinds(data) if data.startswith(b"PK\x03\x04") else _NONE


def is_bomb(data: bytes) -> bool:
    """Whether something in a zipped container is large unpacked and was next to nothing packed: nobody wrote that."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            part.file_size > _MOST_UNPACKED and part.file_size > _MOST_TIMES * part.compress_size
            for part in archive.infolist()
        )


def _ole_kinds(data: bytes) -> frozenset[str]:
    """The old container format holds programs (msi) too: its directory must name a document, and no macros."""
    # 目录项名以 UTF-16 小端存放，名称不分大小写。_VBA_PROJECT 之后还可能有 _CUR 等。
    folded = data.lower()
    if "_vba_project".encode("utf-16-le") in folded or "macros\0".encode("utf-16-le") in folded:
        return _NONE
    if _directory_names(data, "WordDocument"):
        return frozenset({"doc", "wps"})
    return frozenset({"xls", "et"}) if _directory_names(data, "Workbook", "Book") else _NONE


def _directory_names(data: bytes, *names: str) -> bool:
    # 目录项名以零结尾。
    return any(f"{name}\0".encode("utf-16-le") in data for name in names)


def _zipped_kinds(data: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.replace("\\", "/") for info in archive.infolist()}
            if any(_could_run(name.lower()) for name in names) or _declares_what_runs(archive):
                return _NONE
    except (*UNREADABLE, ValueError, expat.ExpatError):
        return _NONE
    if "OFD.xml" in names:
        return frozenset({"ofd"})
    if "[Content_Types].xml" in names:
        # WPS 也把 .wps/.et 存成与 docx/xlsx 相同的容器。
        if "word/document.xml" in names:
            return frozenset({"docx", "wps"})
        if "xl/workbook.xml" in names:
            return frozenset({"xlsx", "et"})
    return _NONE


def _could_run(name: str) -> bool:
    return name.rstrip(". ").endswith(_RUNNABLE) or _RUNNABLE_PART.search(name) is not None


def _declares_what_runs(archive: zipfile.ZipFile) -> bool:
    """By its content types and relationships, whatever the parts are called."""
    for info in archive.infolist():
        name = info.filename.lower()
        if name == "[content_types].xml":
            for attributes in _elements(archive, info):
                declared = attributes.get("ContentType", "").lower()
                if any(word in declared for word in _RUNNABLE_TYPES):
                    return True
        elif name.endswith(".rels"):
            for attributes in _elements(archive, info):
                kind = attributes.get("Type", "").lower()
                if kind.endswith("/vbaproject"):
                    return True
                if attributes.get("TargetMode", "").lower() == "external" and kind.endswith(_FETCHED_TYPES):
                    return True
    return False


def _elements(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> list[dict[str, str]]:
    """Every element's attributes. Raises ValueError for a part too long or with a document type, ExpatError."""
    if info.file_size > _MOST_XML:
        raise ValueError("too long")
    elements: list[dict[str, str]] = []
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ValueError("a document type has no place here (entities)")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda _, attributes: elements.append(attributes)
    parser.Parse(b"".join(pieces(archive, info, _MOST_XML)), True)  # noqa: FBT003 - the C function takes it by position
    return elements

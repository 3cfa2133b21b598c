"""Writes an uploaded draft standard (several .yaml, or one .zip) into a folder, for `indicators.library.try_draft`.

Trusts nothing: names are checked and never used as paths, sizes are counted while reading, nothing but YAML is written.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

MOST_FILES = 60
MOST_BYTES = 256 << 10  # of one file; the longest of the shipped ones has 30 KB
MOST_TOGETHER = 1 << 20  # a hostile file can keep the reader busy: seconds, not minutes
_NAME = re.compile(r"[0-9A-Za-z一-鿿][0-9A-Za-z一-鿿._-]{0,79}\.yaml")
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # others can ask for any amount of memory
_LONGEST_SHOWN = 60
_UTF8_NAME = 0x800  # of a zip entry's flags
Named = tuple[str, bytes]


class DraftRefusedError(Exception):
    """The files cannot be taken for a draft; ``reasons`` are Chinese sentences, every fault found."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def lay_out(files: Sequence[Named], folder: Path) -> None:
    """Write the draft's files into an empty ``folder``. Raises DraftRefusedError; nothing is written then."""
    if not files:
        raise DraftRefusedError("请选择草案的文件：standard.yaml 和各内容的 .yaml，或者整个文件夹压缩成的一个 .zip。")
    zips = [name for name, _ in files if name.lower().endswith(".zip")]
    if zips and len(files) > 1:
        raise DraftRefusedError("请只上传一个 .zip，或者只上传 .yaml 文件，不要混在一起。")
    taken = list(_unzipped(files[0][1])) if zips else list(files)
    faults = list(_faults(taken))
    if faults:
        raise DraftRefusedError(*dict.fromkeys(faults))
    for name, content in taken:
        (folder / name).write_bytes(content)


def _faults(files: Sequence[Named]) -> Iterator[str]:
    if len(files) > MOST_FILES:
        yield f"草案有 {len(files)} 个文件，超过 {MOST_FILES} 个。请只放一个标准的文件。"
    seen: set[str] = set()
    for name, content in files:
        if not _NAME.fullmatch(name):
            yield f"文件名“{_shown(name)}”不合规定：只收 .yaml，名称用汉字、字母、数字、点和横线，如 standard.yaml。"
        if name.casefold() in seen:
            yield f"文件“{_shown(name)}”重复。请只保留一份。"
        seen.add(name.casefold())
        if len(content) > MOST_BYTES:
            yield f"文件“{_shown(name)}”超过 {MOST_BYTES >> 10} KB。请核对是不是规则文件。"
    if sum(len(content) for _, content in files) > MOST_TOGETHER:
        yield f"草案合计超过 {MOST_TOGETHER >> 20} MB。请核对。"
    if "standard.yaml" not in seen:
        yield "没有 standard.yaml。请连同它一起上传。"


def _unzipped(archive: bytes) -> Iterator[Named]:
    """(file name, bytes) of every entry, without the one folder they may lie in; sizes are limited while unpacking."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            if faults := [fault for entry in opened.infolist() if (fault := _name_fault(entry))]:
                raise DraftRefusedError(*faults[:MOST_FILES])
            for entry in opened.infolist():
                entry.filename = _name(entry, entry.filename)
            entries = [entry for entry in opened.infolist() if not _is_folder(entry) and not _is_litter(entry.filename)]
            if len(entries) > MOST_FILES:
                raise DraftRefusedError(f"压缩包有 {len(entries)} 个文件，超过 {MOST_FILES} 个。请只放一个标准的文件。")
            if faults := [fault for entry in entries if (fault := _entry_fault(entry))]:
                raise DraftRefusedError(*faults)
            if len({PurePosixPath(entry.filename).parent for entry in entries}) > 1:
                raise DraftRefusedError("压缩包里的文件不在同一个文件夹中。请只压缩标准的那一个文件夹。")
            left = MOST_TOGETHER
            for entry in entries:
                with opened.open(entry) as stream:
                    content = stream.read(min(MOST_BYTES, left) + 1)  # 写明的大小不可信，边解边数
                left -= len(content)
                if left < 0:
                    raise DraftRefusedError(f"压缩包解开后超过 {MOST_TOGETHER >> 20} MB。请核对。")
                yield PurePosixPath(entry.filename).name, content
    except _DAMAGED as damaged:
        raise DraftRefusedError("压缩包打不开（已损坏或加了密码）。请重新压缩成普通的 .zip，不加密码。") from damaged


def _name_fault(entry: zipfile.ZipInfo) -> str | None:
    """A message for an entry whose name `zipfile` misreads (cut at a NUL byte) or that is a folder with contents."""
    shown = _shown("".join(sign if sign.isprintable() else "□" for sign in _name(entry, entry.orig_filename)))
    if "\0" in entry.orig_filename and entry.filename:
        return f"压缩包里的“{shown}”名称中有看不见的字符（空字节），看不出是哪个文件。请改名后重新压缩。"
    if _is_folder(entry) and entry.file_size:
        return f"压缩包里的“{shown}”按名称是文件夹，却有内容。请重新压缩标准的文件夹。"
    return None


def _name(entry: zipfile.ZipInfo, stored: str) -> str:
    """The name ``stored``; where the archive does not say UTF-8, old Windows archivers mean GBK and not cp437."""
    if entry.flag_bits & _UTF8_NAME or stored.isascii():
        return stored
    try:
        return stored.encode("cp437").decode("gbk")
    except UnicodeError:
        return re.sub(r"[^\x20-\x7e]+", "□", stored)


def _entry_fault(entry: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(entry.filename)
    outside = path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename
    if outside or stat.S_ISLNK(entry.external_attr >> 16):
        return f"压缩包里的“{_shown(entry.filename)}”指向包外，不能接受。请重新压缩标准的文件夹。"
    if entry.flag_bits & 1:
        return f"压缩包里的“{_shown(entry.filename)}”加了密码。请重新压缩，不加密码。"
    if entry.compress_type not in _PACKED:
        return f"压缩包里的“{_shown(entry.filename)}”用了不常用的压缩方法。请重新压缩成普通的 .zip。"
    if not path.name:
        return "压缩包里有没有名称的文件。请重新压缩标准的文件夹。"
    return None


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    """As `ZipInfo.is_dir`, which fails on an entry without a name."""
    return entry.filename.endswith("/")


def _is_litter(name: str) -> bool:
    """What operating systems add by themselves."""
    parts = PurePosixPath(name).parts
    return bool(parts) and (parts[0] in _LITTER or parts[-1] in _LITTER)


def _shown(name: str) -> str:
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"

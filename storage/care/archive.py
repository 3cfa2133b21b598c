"""The backup file: a zip of ``manifest.json``, ``store.db`` and ``files/ab/cd…``; the manifest vouches for every byte.

Reading trusts nothing: only these names, each once, with exactly the size and digest the manifest gives.
"""

from __future__ import annotations

import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from indicators.reading.folder import why
from storage.errors import BackupRefused
from storage.file_store import CHUNK
from storage.repositories.audit import AuditHead

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "store.db"
MANIFEST_LIMIT = 64 << 20
# What reading a damaged archive raises, but for OSError, which may be the disk's.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError, OverflowError)
NAME = re.compile(r"store\.db|files/[0-9a-f]{2}/[0-9a-f]{62}")


@dataclass(frozen=True, slots=True)
class Content:
    """One file of the archive."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds. ``missing``: digests registered in the store whose bytes were gone when it was made."""

    made_at: str
    revision: str
    audit: AuditHead
    contents: Mapping[str, Content]
    missing: tuple[str, ...]

    def as_json(self) -> str:
        """The text of ``manifest.json``."""
        return json.dumps({"format": FORMAT} | asdict(self), ensure_ascii=False, indent=1)


def read_archive(path: Path, into: Path | None = None, called: str | None = None) -> Manifest:
    """Check the whole archive, unpacking it below ``into`` if given; messages name it as ``called``.

    Raises BackupRefused with every problem found.
    """
    called = called or str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, called)
            _only_what_is_listed(archive, manifest, called)
            problems = [
                f"{name}：{problem}"
                for name, content in manifest.contents.items()
                if (problem := _content(archive, name, content, into))
            ]
    except _DAMAGED as unreadable:
        raise BackupRefused(f"{called}：不是完整的备份文件。请换一份备份。") from unreadable
    except OSError as failure:  # says nothing about the backup
        raise BackupRefused(f"{called}：没有读完（{why(failure)}），备份本身未必有问题。请处理后重试。") from failure
    if problems:
        raise BackupRefused(f"{called}：备份已损坏，未作任何改动。请换一份备份。", tuple(problems))
    return manifest


def _manifest(archive: zipfile.ZipFile, called: str) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > MANIFEST_LIMIT:
            raise ValueError("too large")
        read = json.loads(archive.read(info))
        if read["format"] != FORMAT:
            raise BackupRefused(
                f"{called}：备份格式 {read['format']!r} 不是本程序认识的格式 {FORMAT}。请升级程序后再恢复。"
            )
        contents = {str(name): Content(int(c["size"]), str(c["sha256"])) for name, c in read["contents"].items()}
        head = AuditHead(int(read["audit"]["seq"]), str(read["audit"]["hash"]))
        missing = tuple(str(digest) for digest in read["missing"])
        return Manifest(str(read["made_at"]), str(read["revision"]), head, contents, missing)
    except (*_DAMAGED, KeyError, TypeError, AttributeError) as unreadable:
        raise BackupRefused(f"{called}：不是本系统的备份（没有可读的 {MANIFEST}）。") from unreadable


def _only_what_is_listed(archive: zipfile.ZipFile, manifest: Manifest, called: str) -> None:
    names = archive.namelist()
    problems = [
        f"{name!r}：不允许的文件名" for name in {*names, *manifest.contents} - {MANIFEST} if not NAME.fullmatch(name)
    ]
    problems += [f"{name!r}：重复" for name in sorted({name for name in names if names.count(name) > 1})]
    problems += [f"{name!r}：清单中没有" for name in sorted(set(names) - manifest.contents.keys() - {MANIFEST})]
    problems += [f"{name!r}：备份中缺失" for name in sorted((manifest.contents.keys() | {DATABASE}) - set(names))]
    if problems:
        raise BackupRefused(f"{called}：备份内容与清单不符，未作任何改动。", tuple(problems))


def _content(archive: zipfile.ZipFile, name: str, content: Content, into: Path | None) -> str | None:
    """Read one file through; what is wrong with it, or None."""
    if name != DATABASE and name != file_name(content.sha256):
        return "文件名与其 SHA-256 不符"
    info = archive.getinfo(name)
    if info.file_size != content.size:
        return f"大小为 {info.file_size}，清单为 {content.size}"
    try:
        with archive.open(info) as stream:
            if into is None:
                digest = _copy(stream, content.size, None)
            else:
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as out:
                    digest = _copy(stream, content.size, out)
    except _DAMAGED as unreadable:
        return f"无法读取（{unreadable}）"
    return None if digest == content.sha256 else "内容与清单的 SHA-256 不符"


def _copy(stream: IO[bytes], size: int, out: IO[bytes] | None) -> str:
    digest, left = sha256(), size
    while chunk := stream.read(min(CHUNK, left + 1)):
        left -= len(chunk)
        if left < 0:  # more than was announced: stop before it fills the disk
            return ""
        digest.update(chunk)
        if out is not None:
            out.write(chunk)
    return digest.hexdigest()


def file_name(digest: str) -> str:
    """An evidence file's name in the archive."""
    return f"files/{digest[:2]}/{digest[2:]}"

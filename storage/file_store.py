"""Evidence files by their SHA-256 in a folder: written once, never overwritten, on the disk before they are named.

The interface (`put`, `open`, `exists`, `size`, `verify`) is all the rest of the product knows, so that an S3-compatible
store can stand here when several machines share one; until then a file system library would only add a dependency.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from hashlib import sha256 as new_sha256
from pathlib import Path
from typing import BinaryIO

from storage.errors import FileTooLarge, NotThere, SaveFailed, Trouble

SHA256 = re.compile(r"[0-9a-f]{64}")
CHUNK = 1 << 20
_TROUBLES: dict[int, Trouble] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOENT: "absent",
}


class FileStore:
    """Files as ``<folder>/ab/cdef…`` (the digest's first two figures, then the rest)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, stream: BinaryIO, *, max_bytes: int | None = None) -> str:
        """Keep the bytes; their SHA-256. Durable on return. Raises FileTooLarge, SaveFailed; then nothing is kept.

        A file nobody registers is harmless: the same bytes find it again.
        """
        incoming = self.folder / ".incoming"
        part = incoming / secrets.token_hex(16)
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            digest = _copy(stream, part, max_bytes)
            self._move_into_place(part, digest)
        except OSError as failure:
            words = f"文件未保存：{failure.strerror or failure}。请检查磁盘空间后重试。"
            raise SaveFailed(words, _TROUBLES.get(failure.errno or 0, "other")) from failure
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        return digest

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, to read and close. Raises NotThere."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as missing:
            raise NotThere(f"存储中没有文件 {sha256}。") from missing

    def exists(self, sha256: str) -> bool:
        """Is it there (whole or not: see `verify`)?"""
        return self.path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """In bytes. Raises NotThere."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError as missing:
            raise NotThere(f"存储中没有文件 {sha256}。") from missing

    def verify(self, sha256: str) -> str | None:
        """What is wrong with the file, in words; None if its bytes still have their digest."""
        try:
            with self.open(sha256) as stream:
                digest = digest_of(stream)
        except NotThere:
            return "文件缺失"
        except OSError as failure:
            return f"文件无法读取（{failure.strerror}）"
        return None if digest == sha256 else "文件内容与登记的 SHA-256 不符"

    def path(self, sha256: str) -> Path:
        """Where it lies. Raises ValueError for what is no digest: nothing else may become a path."""
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:]

    def _move_into_place(self, part: Path, digest: str) -> None:
        target = self.path(digest)
        if target.is_file() and self.verify(digest) is None:
            return  # the same bytes, already there
        new_folder = not target.parent.is_dir()
        target.parent.mkdir(exist_ok=True)
        part.replace(target)
        sync_folder(target.parent)
        if new_folder:
            sync_folder(self.folder)


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 (hex) of what is left in the stream."""
    digest = new_sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """A new name is durable only once its folder is."""
    if os.name == "nt":  # a folder cannot be opened there; NTFS journals names itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(stream: BinaryIO, part: Path, max_bytes: int | None) -> str:
    digest, size = new_sha256(), 0
    with part.open("xb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if max_bytes is not None and size > max_bytes:
                raise FileTooLarge(f"文件超过 {max_bytes / (1 << 20):g} MB 的上限，未保存。请压缩或拆分后再上传。")
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()

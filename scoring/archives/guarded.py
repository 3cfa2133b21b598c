"""A part of an archive, piece by piece: what its header says is not believed, too much is never unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

WORST_RATIO = 200
SMALL = 1_000_000  # a part below this may shrink as well as it likes
_CHUNK = 1 << 16
_USUAL = (
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
)  # what every program writes; the others' readers fail in their own ways
# What reading an archive raises where it is damaged, cut off, encrypted, or packed in a way Python does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class BombError(ValueError):
    """More comes out than may, or than such an archive's parts ever hold."""


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Raises `BombError` beyond ``most`` bytes or where the part had shrunk too well, and `UNREADABLE`."""
    if part.compress_type not in _USUAL:
        raise NotImplementedError(part.filename)
    size = 0
    for piece in _unpacked(archive, part):
        size += len(piece)
        if size > most or (size > SMALL and size > WORST_RATIO * max(part.compress_size, 1)):
            raise BombError(part.filename)
        yield piece


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except ValueError as damaged:  # a place before the file's beginning, a name in no encoding
        raise zipfile.BadZipFile(part.filename) from damaged

"""The exchange package: a submission with its material, as a ZIP that one network writes and another takes in.

``submission.yaml`` (the exchange file), ``material/…`` (each file once, whatever names it), ``manifest.json`` (what is
inside, with sizes and SHA-256, and where it comes from). Every package, whatever for, has this one manifest.
"""

from __future__ import annotations

import hashlib
import json
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, BinaryIO

from scoring.archives.guarded import UNREADABLE, BombError, pieces

MANIFEST, SUBMISSION, MATERIAL = "manifest.json", "submission.yaml", "material/"
FORMAT = 2
PRODUCT = "county-appraisal"
MOST_BYTES = 2_000_000_000
LARGEST_FILE = 10 * 1024 * 1024
_LARGEST_MANIFEST = 4_000_000
_MOST_UNPACKED = 2_000_000_000
_MOST_PARTS = 3_000
_NESTED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_STILL = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED, _UNIX = 0x1, 3


class BadPackageError(ValueError):
    """A package that is not taken; ``sentence`` is Chinese: what is wrong, where, what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code, self.sentence = code, sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class PackedFile:
    """``path`` within the package; ``name``: what people call the file; ``items``: who names it in the register."""

    path: str
    sha256: str
    size: int
    name: str = ""
    media_type: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Where a package comes from. ``round``: its id; ``standards``: with their fingerprints; ``made``: when, by whom.

    ``procedure``: where the submission stood, in workflow's words; ``files``: all but the manifest itself.
    """

    version: str
    made_at: str
    made_by: str
    round: str
    standards: Mapping[str, str]
    division: tuple[str, str]
    procedure: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[PackedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose every byte was held against its manifest."""

    manifest: Manifest
    submission: str
    _archive: zipfile.ZipFile

    @property
    def material(self) -> tuple[PackedFile, ...]:
        """The files beside the submission."""
        return tuple(packed for packed in self.manifest.files if packed.path.startswith(MATERIAL))

    def read(self, packed: PackedFile) -> bytes:
        """One of them. Raises `BadPackageError` where it is no more what it was."""
        content = b"".join(_unpacked(self._archive, self._archive.getinfo(packed.path), packed.size))
        _hold_against(packed, len(content), hashlib.sha256(content).hexdigest())
        return content


def write_package(
    out: BinaryIO,
    manifest: Manifest,
    submission: str,
    material: Iterable[tuple[PackedFile, Callable[[], bytes]]],
) -> Manifest:
    """Write it; the manifest with all that is inside. ``material``: each with how its bytes are fetched."""
    text = submission.encode()
    files = [PackedFile(SUBMISSION, hashlib.sha256(text).hexdigest(), len(text))]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(SUBMISSION), text)
        for packed, fetch in material:
            archive.writestr(_entry(packed.path), fetch())
            files.append(packed)
        whole = replace(manifest, files=tuple(files))
        archive.writestr(_entry(MANIFEST), _manifest_text(whole))
    return whole


def open_package(stream: BinaryIO) -> Package:
    """The package, every file of it read through once. Raises `BadPackageError`; nothing was written anywhere then."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if not size:
        raise BadPackageError("empty", "文件是空的（0 字节）。请重新拷贝交换包。")
    if size > MOST_BYTES:
        raise BadPackageError("too_large", f"文件有 {size / 1e9:.1f} GB，超过 {MOST_BYTES / 1e9:.0f} GB，不是交换包。")
    try:
        archive = zipfile.ZipFile(stream)
        parts = archive.infolist()
    except (*UNREADABLE, ValueError) as broken:
        raise BadPackageError("not_zip", "不是 zip 文件，或者没有拷完整。请重新拷贝交换包。") from broken
    by_path = _checked_names(parts)
    manifest = _manifest(archive, by_path.get(MANIFEST))
    _same_files(by_path, manifest)
    left, text = _MOST_UNPACKED, b""
    for packed in manifest.files:
        digest, length = hashlib.sha256(), 0
        kept: list[bytes] = []
        for piece in _unpacked(archive, by_path[packed.path], min(left, LARGEST_FILE)):
            digest.update(piece)
            length += len(piece)
            if packed.path == SUBMISSION:
                kept.append(piece)
        left -= length
        _hold_against(packed, length, digest.hexdigest())
        text = b"".join(kept) or text
    try:
        return Package(manifest, text.decode(), archive)
    except UnicodeDecodeError as odd:
        raise BadPackageError("not_text", f"{SUBMISSION} 不是 UTF-8 文本。请重新制作交换包。") from odd


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _STILL)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _checked_names(parts: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(parts) > _MOST_PARTS:
        raise BadPackageError("bomb", f"里面有 {len(parts)} 个文件，超过 {_MOST_PARTS} 个，不像交换包。请核对来源。")
    by_path: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for part in parts:
        if part.filename == MATERIAL:  # what some programs add when a package is packed again
            continue
        path, shown = part.filename, _shown(part.filename)
        steps = path.split("/")
        if "\\" in path or ":" in path or not path.isprintable() or any(step in {"", ".", ".."} for step in steps):
            raise BadPackageError("bad_name", f"里面的文件名“{shown}”指向包外或写法不对，不收。请核对来源。")
        if part.flag_bits & _ENCRYPTED:
            raise BadPackageError("encrypted", f"里面的“{shown}”加了密码。请对方不加密码重新制作。")
        mode = part.external_attr >> 16
        if part.create_system == _UNIX and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise BadPackageError("link", f"里面的“{shown}”是链接，不是文件，不收。请核对来源。")
        if path.lower().endswith(_NESTED):
            raise BadPackageError("nested", f"里面的“{shown}”又是压缩包，不收。请对方逐个登记文件后重新制作。")
        folded = unicodedata.normalize("NFKC", path).casefold()
        if folded in seen:
            raise BadPackageError("same_name", f"里面有文件名只差大小写、全半角（“{shown}”），不收。请重新制作。")
        seen.add(folded)
        by_path[path] = part
    return by_path


def _same_files(by_path: Mapping[str, zipfile.ZipInfo], manifest: Manifest) -> None:
    listed = [packed.path for packed in manifest.files]
    if len(set(listed)) != len(listed) or SUBMISSION not in listed or MANIFEST in listed:
        raise BadPackageError("bad_manifest", f"清单重复列了文件，或没有列出 {SUBMISSION}。请重新制作交换包。")
    missing = [path for path in listed if path not in by_path]
    if missing:
        raise BadPackageError("missing_file", f"清单列了“{_shown(missing[0])}”，包里没有{_more(missing)}。请重新拷贝。")
    extra = [path for path in by_path if path not in {*listed, MANIFEST}]
    if extra:
        raise BadPackageError("extra_file", f"包里的“{_shown(extra[0])}”不在清单上{_more(extra)}，不收。请核对来源。")


def _hold_against(packed: PackedFile, size: int, digest: str) -> None:
    if (size, digest) != (packed.size, packed.sha256):
        raise BadPackageError("digest", f"“{_shown(packed.path)}”与清单的摘要不符，被改动过或没有拷完整。请重新拷贝。")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    try:
        yield from pieces(archive, part, most)
    except BombError as bomb:
        words = f"里面的“{_shown(part.filename)}”展开后过大（压缩炸弹），不收。请核对来源。"
        raise BadPackageError("bomb", words) from bomb
    except UNREADABLE as broken:
        words = f"里面的“{_shown(part.filename)}”读不出来，没有拷完整或已损坏。请重新拷贝。"
        raise BadPackageError("broken", words) from broken


def _manifest_text(manifest: Manifest) -> str:
    code, name = manifest.division
    data = {
        "format": FORMAT,
        "product": PRODUCT,
        "version": manifest.version,
        "made": {"at": manifest.made_at, "by": manifest.made_by},
        "round": {"id": manifest.round, "standards": dict(manifest.standards)},
        "division": {"code": code, "name": name},
        "procedure": dict(manifest.procedure),
        "files": [
            {
                "path": packed.path,
                "sha256": packed.sha256,
                "size": packed.size,
                **({"name": packed.name} if packed.name else {}),
                **({"media_type": packed.media_type} if packed.media_type else {}),
                **({"items": list(packed.items)} if packed.items else {}),
            }
            for packed in manifest.files
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _manifest(archive: zipfile.ZipFile, part: zipfile.ZipInfo | None) -> Manifest:
    if part is None:
        raise BadPackageError("no_manifest", f"里面没有清单 {MANIFEST}，不是交换包。请用本程序制作的交换包。")
    text = b"".join(_unpacked(archive, part, _LARGEST_MANIFEST))
    try:
        data = json.loads(text)
        if (data["product"], data["format"]) != (PRODUCT, FORMAT):
            _refuse_other(data["product"], data["format"], data["version"])
        files = tuple(
            PackedFile(
                plain_text(one["path"]),
                plain_text(one["sha256"]),
                whole_number(one["size"]),
                plain_text(one.get("name", "")),
                plain_text(one.get("media_type", "")),
                tuple(map(plain_text, one.get("items", ()))),
            )
            for one in data["files"]
        )
        made, of_round, division = data["made"], data["round"], data["division"]
        return Manifest(
            plain_text(data["version"]),
            date.fromisoformat(made["at"]).isoformat(),
            plain_text(made["by"]),
            plain_text(of_round["id"]),
            {plain_text(name): plain_text(print_) for name, print_ in of_round["standards"].items()},
            (plain_text(division["code"]), plain_text(division["name"])),
            dict(data["procedure"]),
            files,
        )
    except BadPackageError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as odd:
        raise BadPackageError("bad_manifest", f"清单 {MANIFEST} 读不懂，被改动过。请重新制作交换包。") from odd


def _refuse_other(product: object, format_: object, version: object) -> None:
    """Raise `BadPackageError`: another program made it, or another version of this one."""
    if product != PRODUCT:
        raise BadPackageError("other_format", "交换包是别的程序制作的，读不懂。请用本程序制作的交换包。")
    cure = "请本网的系统管理员把程序升级到与对方相同的版本，再收这一个交换包。"
    if (theirs := whole_number(format_)) < FORMAT:
        cure = "请对方把程序升级到与本网相同的版本，再制作一个交换包送来；申报内容不用重填。"
    made_by = f"{_shown(plain_text(version))} 版程序制作，格式是第 {theirs} 版，本网收第 {FORMAT} 版"
    raise BadPackageError("other_format", f"交换包由 {made_by}。{cure}")


def plain_text(value: object) -> str:
    """A text of a manifest that can be shown and kept. Raises TypeError, ValueError."""
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode()  # half a character cannot
    if "\0" in value:
        raise ValueError(value)
    return value


def whole_number(value: object) -> int:
    """A number of a manifest. Raises TypeError."""
    if type(value) is not int:
        raise TypeError(value)
    return value


def _shown(path: str) -> str:
    """A name of a stranger's for a sentence."""
    return "".join(sign if sign.isprintable() else "�" for sign in path)[:60]


def _more(paths: list[str]) -> str:
    return f"（这样的共 {len(paths)} 个）" if len(paths) > 1 else ""

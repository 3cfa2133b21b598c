"""The exchange package: written, read through, and every bad one refused in one clear sentence."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from scoring.archives import package
from scoring.archives.package import BadPackageError, Manifest, PackedFile, open_package, write_package

PDF = b"%PDF-1.4 signed"
ABOUT = Manifest(
    "0.1.0", "2018-07-02", "county_coordinator", "2018", {"s": "f" * 64}, ("990121", "甲县"), {"state": "x"}
)
PAPER = PackedFile(
    "material/E01.pdf", hashlib.sha256(PDF).hexdigest(), len(PDF), "办法.pdf", "application/pdf", ("E01", "E07")
)


def made() -> bytes:
    out = io.BytesIO()
    write_package(out, ABOUT, "format: 1\n", [(PAPER, lambda: PDF)])
    return out.getvalue()


def test_what_is_written_is_read_and_the_same_gives_the_same_bytes() -> None:
    read = open_package(io.BytesIO(made()))
    assert (read.submission, read.material) == ("format: 1\n", (PAPER,))
    assert read.read(PAPER) == PDF
    assert {field: getattr(read.manifest, field) for field in ("version", "round", "division", "procedure")} == {
        "version": "0.1.0", "round": "2018", "division": ("990121", "甲县"), "procedure": {"state": "x"},
    }  # fmt: skip
    assert made() == made()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def with_parts(*more: tuple[str | zipfile.ZipInfo, bytes], without: str = "") -> bytes:
    return zipped([*((n, c) for n, c in parts_of(made()).items() if n != without), *more])


def with_manifest(change: Callable[[dict[str, Any]], object], *more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    data = json.loads(parts_of(made())["manifest.json"])
    change(data)
    return with_parts(("manifest.json", json.dumps(data).encode()), *more, without="manifest.json")


def listing(name: str, content: bytes) -> bytes:
    """A package that holds one more file, rightly listed."""
    digest = hashlib.sha256(content).hexdigest()
    return with_manifest(
        lambda data: data["files"].append({"path": name, "sha256": digest, "size": len(content)}), (name, content)
    )


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("material/E09.pdf")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def encrypted() -> bytes:
    content = bytearray(made())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def not_text() -> bytes:
    out = io.BytesIO()
    write_package(out, ABOUT, "format: 1\n", [])
    content = "甲县".encode("gb18030")
    data = json.loads(parts_of(out.getvalue())["manifest.json"])
    data["files"][0] |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return zipped([("submission.yaml", content), ("manifest.json", json.dumps(data).encode())])


def packed_oddly() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts_of(made()).items():
            archive.writestr(name, content)
    return out.getvalue()


def before_its_beginning() -> bytes:
    """The list of files says that it stands further on than it does."""
    content = bytearray(made())
    content[-4] += 1
    return bytes(content)


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "0 bytes": (lambda: b"", "empty", "0 字节"),
    "no zip": (lambda: b"%PDF-1.4 something else", "not_zip", "不是 zip 文件"),
    "cut off": (lambda: made()[:-40], "not_zip", "没有拷完整"),
    "packed oddly": (packed_oddly, "broken", "读不出来"),
    "before its beginning": (before_its_beginning, "broken", "读不出来"),
    "upwards": (lambda: with_parts(("../../etc/cron.d/x", b"x")), "bad_name", "指向包外"),
    "absolute": (lambda: with_parts(("/etc/passwd", b"x")), "bad_name", "指向包外"),
    "a drive": (lambda: with_parts(("C:/x.pdf", b"x")), "bad_name", "指向包外"),
    "a folder inside": (lambda: with_parts(("material//x.pdf", b"x")), "bad_name", "指向包外"),
    "a link": (lambda: with_parts((link(), b"/etc/passwd")), "link", "是链接"),
    "a password": (encrypted, "encrypted", "加了密码"),
    "names alike": (lambda: with_parts(("Material/e01.PDF", b"x")), "same_name", "只差大小写"),
    "a zip within": (lambda: listing("material/E02.zip", b"PK"), "nested", "又是压缩包"),
    "a file more": (lambda: with_parts(("material/E09.pdf", b"x")), "extra_file", "不在清单上"),
    "a file less": (lambda: with_parts(without="material/E01.pdf"), "missing_file", "包里没有"),
    "no manifest": (lambda: with_parts(without="manifest.json"), "no_manifest", "没有清单"),
    "odd manifest": (lambda: with_manifest(lambda data: data.pop("round")), "bad_manifest", "读不懂"),
    "no number": (lambda: with_manifest(lambda data: data["files"][1].update(size=1e999)), "bad_manifest", "读不懂"),
    "half a character": (
        lambda: with_manifest(lambda data: data["round"].update(id="\ud800")), "bad_manifest", "读不懂",
    ),
    "no day": (lambda: with_manifest(lambda data: data["made"].update(at="昨天")), "bad_manifest", "读不懂"),
    "no object": (
        lambda: with_parts(("manifest.json", b"[" * 100_000), without="manifest.json"), "bad_manifest", "读不懂",
    ),
    "listed twice": (lambda: with_manifest(lambda data: data["files"].extend(data["files"])), "bad_manifest", "重复"),
    "no submission": (lambda: with_manifest(lambda data: data["files"].pop(0)), "bad_manifest", "没有列出"),
    "later format": (lambda: with_manifest(lambda data: data.update(format=3)), "other_format", "请本网的系统管理员"),
    "earlier format": (lambda: with_manifest(lambda data: data.update(format=1)), "other_format", "请对方把程序升级"),
    "other program": (lambda: with_manifest(lambda data: data.update(product="x")), "other_format", "别的程序"),
    "changed": (
        lambda: with_parts(("material/E01.pdf", PDF + b"!"), without="material/E01.pdf"), "digest", "摘要不符",
    ),
    "other digest": (
        lambda: with_manifest(lambda data: data["files"][1].update(sha256="0" * 64)), "digest", "摘要不符",
    ),
    "bomb by ratio": (lambda: listing("material/E03.pdf", bytes(9_000_000)), "bomb", "压缩炸弹"),
    "bomb by size": (lambda: listing("material/E03.pdf", b"0123456789" * 1_200_000), "bomb", "压缩炸弹"),
    "no text": (not_text, "not_text", "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_package_is_refused_in_one_sentence(name: str) -> None:
    make, code, words = BAD[name]
    with pytest.raises(BadPackageError) as bad:
        open_package(io.BytesIO(make()))
    assert (bad.value.code, words in bad.value.sentence) == (code, True), bad.value.sentence
    assert bad.value.sentence.endswith("。")
    assert "\n" not in bad.value.sentence


def test_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_BYTES", 100)
    with pytest.raises(BadPackageError, match="GB"):
        open_package(io.BytesIO(made()))
    monkeypatch.undo()
    monkeypatch.setattr(package, "_MOST_PARTS", 2)
    with pytest.raises(BadPackageError, match="里面有 3 个文件"):
        open_package(io.BytesIO(made()))
    monkeypatch.undo()
    monkeypatch.setattr(package, "_MOST_UNPACKED", 12)
    with pytest.raises(BadPackageError, match="压缩炸弹"):
        open_package(io.BytesIO(made()))

"""A draft handed over as files: what is taken, and every hostile archive that is not."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from indicators.building.draft_files import MOST_BYTES, MOST_FILES, DraftRefusedError, lay_out

GOOD = {"standard.yaml": b"id: x\n", "1.1-lead.yaml": b"topic: '1.1'\n"}


def zipped(files: dict[str, bytes], **attributes: int) -> list[tuple[str, bytes]]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items():
                setattr(entry, attribute, value)
            archive.writestr(entry, content)
    return [("draft.zip", made.getvalue())]


def refused(files, folder) -> str:
    with pytest.raises(DraftRefusedError) as error:
        lay_out(files, folder)
    assert list(folder.iterdir()) == []
    return "\n".join(error.value.reasons)


@pytest.mark.parametrize(
    "files",
    [
        list(GOOD.items()),
        zipped(GOOD),
        zipped({f"草案/{name}": content for name, content in GOOD.items()}),
        zipped(GOOD | {"__MACOSX/._standard.yaml": b"?", ".DS_Store": b"?"}),
    ],
)
def test_files_and_archives_with_or_without_their_folder_are_laid_out(files, tmp_path):
    lay_out(files, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == GOOD


@pytest.mark.parametrize(
    "name", ["../evil.yaml", "/etc/evil.yaml", "a/../../evil.yaml", "..\\evil.yaml", "C:evil.yaml", "a\\b.yaml"]
)
def test_a_path_out_of_the_archive_is_refused(name, tmp_path):
    folder = tmp_path / "draft"
    folder.mkdir()
    assert "指向包外" in refused(zipped(GOOD | {name: b"x"}), folder)
    assert not (tmp_path / "evil.yaml").exists()


def test_a_link_in_the_archive_is_refused(tmp_path):
    link = zipped({"standard.yaml": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16, create_system=3)
    assert "指向包外" in refused(link, tmp_path)


def test_an_archive_that_unpacks_to_far_more_is_stopped(tmp_path):
    bomb = zipped({f"{number}.yaml": b"0" * MOST_BYTES for number in range(20)})
    assert len(bomb[0][1]) < 100_000
    assert "超过" in refused(bomb, tmp_path)


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path):
    ((name, archive),) = zipped({"standard.yaml": b"0" * (MOST_BYTES * 3)})
    lying = archive.replace(struct.pack("<I", MOST_BYTES * 3), struct.pack("<I", 10))
    assert refused([(name, lying)], tmp_path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_an_unusual_way_is_refused_even_when_damaged(method, tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("standard.yaml", b"id: x\n" * 200)
    whole = bytearray(made.getvalue())
    whole[60] ^= 0xFF
    for content in (made.getvalue(), bytes(whole)):
        assert "不常用的压缩方法" in refused([("draft.zip", content)], tmp_path)


def test_an_entry_without_a_name_is_refused(tmp_path):
    ((name, archive),) = zipped({"a": b"id: x"})
    nameless = archive.replace(b"a", b"\0")  # the reader cuts a name at its first NUL
    assert "没有名称" in refused([(name, nameless)], tmp_path)


@pytest.mark.parametrize("hidden", [b"a/", b"__MACOSX/", b"1.1-lead.yaml"])
def test_a_file_whose_name_is_cut_to_another_s_is_refused_and_never_dropped(hidden, tmp_path):
    ((name, archive),) = zipped(GOOD | {f"{hidden.decode()}#1.2-more.yaml": b"topic: '1.2'"})
    cut = archive.replace(b"#1.2-more", b"\x001.2-more")
    refusal = refused([(name, cut)], tmp_path)
    assert f"“{hidden.decode()}□1.2-more.yaml”名称中有看不见的字符" in refusal


def test_a_folder_with_contents_is_refused_and_never_dropped(tmp_path):
    ((name, archive),) = zipped(GOOD | {"1.2-more.yaml#": b"topic: '1.2'"})
    assert "“1.2-more.yaml/”按名称是文件夹，却有内容" in refused([(name, archive.replace(b"#", b"/"))], tmp_path)


def test_the_folder_s_own_entry_is_no_fault(tmp_path):
    lay_out(zipped({"草案/": b""} | {f"草案/{name}": content for name, content in GOOD.items()}), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(GOOD)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "请选择"),
        ([("1.1-lead.yaml", b"")], "没有 standard.yaml"),
        ([("standard.yaml", b""), ("standard.YAML", b"")], "standard.YAML"),
        ([("standard.yaml", b""), ("standard.yaml", b"")], "重复"),
        ([("standard.yaml", b""), ("../x.yaml", b"")], "文件名"),
        ([("standard.yaml", b""), ("x.py", b"")], "文件名"),
        ([("standard.yaml", b""), (".hidden.yaml", b"")], "文件名"),
        ([("standard.yaml", b"\x00" * (MOST_BYTES + 1))], "超过 256 KB"),
        ([("standard.yaml", b""), *((f"{n}.yaml", b"") for n in range(MOST_FILES))], "超过 60 个"),
        ([*zipped(GOOD), ("standard.yaml", b"")], "混在一起"),
        ([("draft.zip", b"PK\x03\x04 not an archive")], "打不开"),
        (zipped(GOOD | {"sub/1.2-x.yaml": b""}), "同一个文件夹"),
    ],
)
def test_what_cannot_be_a_draft_is_refused_with_what_to_do(files, words, tmp_path):
    assert words in refused(files, tmp_path)


def test_every_fault_is_told_at_once(tmp_path):
    refusal = refused([("a b.yaml", b""), ("x.exe", b"")], tmp_path)
    assert "a b.yaml" in refusal
    assert "x.exe" in refusal
    assert "standard.yaml" in refusal


def old_archive(names: list[bytes]) -> list[tuple[str, bytes]]:
    """As an archiver writes it that knows nothing of UTF-8: the name's own bytes, no flag."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, content in enumerate(GOOD.values()):
            archive.writestr("n" * (len(names[number]) - 1) + str(number), content)
    raw = made.getvalue()
    for number, name in enumerate(names):
        raw = raw.replace(("n" * (len(name) - 1) + str(number)).encode(), name)
    return [("draft.zip", raw)]


def test_names_of_an_old_windows_archiver_are_read_as_gbk(tmp_path):
    lay_out(old_archive(["修订稿/standard.yaml".encode("gbk"), "修订稿/1.1-领导机制.yaml".encode("gbk")]), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.1-领导机制.yaml", "standard.yaml"]


def test_a_name_in_no_known_writing_is_refused_without_gibberish(tmp_path):
    refusal = refused(old_archive([b"standard.yaml", b"1.1-\xff\xfe\x80.yaml"]), tmp_path)
    assert "1.1-□.yaml" in refusal

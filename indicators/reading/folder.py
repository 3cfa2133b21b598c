"""Lists the files of a rules folder; files the author must have meant to be read, but that are not, are problems."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from indicators.reading.problems import Problem

STANDARD = "standard.yaml"
VETOES = "vetoes.yaml"
VOCABULARY = "vocabulary.yaml"
POLICIES = "policies"
SCHEMES = "schemes"

_NAMED = frozenset({STANDARD, VETOES, VOCABULARY})
_RULES_TEXT = re.compile(r"(?:[0-9]+\.[0-9]+-.*|standard|vetoes|vocabulary)\.(?:txt|json)", re.IGNORECASE)
_HIDDEN = (".", "~", "__")
_WHY = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "已有同名的文件，不会覆盖",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ELOOP: "快捷方式（链接）绕成了圈",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读取出错",
}


def why(error: OSError) -> str:
    """Why a file or folder cannot be read or written, in Chinese."""
    return _WHY.get(error.errno or 0, "系统拒绝")


def entries(folder: Path, shown: str, problems: list[Problem]) -> list[Path]:
    """What lies in the folder, by name, hidden things left out; a folder that cannot be looked into is noted."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(_HIDDEN))
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem(shown, 1, 1, "", f"文件夹打不开（{why(error)}）；请检查权限"))
        return []


def yaml_files(folder: Path, shown: str, problems: list[Problem]) -> list[Path]:
    """The rules files of one folder; files that are not read but look as if they were meant to be are noted."""
    files: list[Path] = []
    for path in entries(folder, shown, problems):
        fault = _misnamed(path)
        if fault is not None:
            problems.append(Problem(f"{shown}/{path.name}", 1, 1, "", fault))
        elif path.suffix == ".yaml":
            files.append(path)
    return files


def standard_folders(rules: Path, shown: str, problems: list[Problem]) -> list[Path]:
    """The folders of standards; rules files that lie beside them, where nothing reads them, are noted."""
    folders: list[Path] = []
    for path in entries(rules, shown, problems):
        if path.is_dir():
            # The product's own packages lie beside its rules; a copy without their .py files leaves empty folders.
            code = (path / "__init__.py").is_file() or not entries(path, f"{shown}/{path.name}", problems)
            folders += [path] if path.name not in {POLICIES, SCHEMES} and not code else []
        elif (path.suffix == ".yaml" and path.name != VOCABULARY) or _misnamed(path) is not None:
            message = f"这一层只读 {VOCABULARY}；标准请放进自己的文件夹，政策文件放 policies/，计分办法放 schemes/"
            problems.append(Problem(f"{shown}/{path.name}", 1, 1, "", message))
    return folders


def _misnamed(path: Path) -> str | None:
    name, lower = path.name, path.name.lower()
    if path.suffix == ".yaml":
        return f"文件名须用小写；请改名为 {lower}" if lower in _NAMED and name != lower else None
    if path.is_dir():
        return "里面的子文件夹不会读；请把其中的文件移出来，放到上一层"
    if path.suffix.lower() in {".yml", ".yaml"}:
        return "只读 .yaml 文件；请改扩展名"
    if ".yaml." in lower or ".yml." in lower or _RULES_TEXT.fullmatch(lower):
        stem = re.split(r"\.(?:yaml|yml|txt|json)", lower, maxsplit=1)[0]
        shown = "Windows 须先在“查看”里显示扩展名"
        return f"文件名以“{path.suffix}”结尾，不会读；请改名为“{stem}.yaml”，或移到别处（{shown}）"
    return None

"""One standard's own files, validated but not merged; every key knows the file, line and column it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from indicators.building.schema import Closed, RowIn, StandardIn, TopicFileIn, VetoFileIn
from indicators.building.validation import validate
from indicators.reading.folder import STANDARD, VETOES, yaml_files
from indicators.reading.located import KeyPath, Located, read_located_file
from indicators.reading.problems import Problem, ProblemsError

Origin = tuple[Located, KeyPath]
ClosedShape = TypeVar("ClosedShape", bound=Closed)
HEADER_KEYS = ("methods", "methods_inherited", "responsible_units")


@dataclass(slots=True)
class RowDraft:
    """A row before merging. ``values``: key → schema value, written keys only; ``origins``: where each key (or entry of
    a spliced list) was written; the empty path stands for the row itself."""

    id: str
    group: str
    values: dict[str, Any]
    origins: dict[KeyPath, Origin]

    def problem(self, path: KeyPath, message: str) -> Problem:
        """A problem at the place where this part of the row was written."""
        for length in range(len(path), -1, -1):
            origin = self.origins.get(path[:length])
            if origin is not None:
                located, base = origin
                return located.problem((*base, *path[length:]), message)
        raise LookupError(self.id)

    def problem_at_change(self, problem: Problem) -> Problem:
        """The problem moved to this row's own place, if it stands in another standard's folder (the base's)."""
        located, path = self.origins[()]
        if Path(problem.file).parent == Path(located.name).parent:
            return problem
        line, col = located.position(path)
        return Problem(located.name, line, col, problem.where, problem.message)


@dataclass(slots=True)
class FileDraft:
    """One topic file, or ``vetoes.yaml`` (``group`` = ``vetoes``): its header values and its rows."""

    group: str
    located: Located
    header: dict[str, Any]
    rows: list[RowDraft]


@dataclass(slots=True)
class StandardDraft:
    """One standard's folder as written. ``faulty``: some file was unusable, so the standard is not merged."""

    folder: str
    located: Located
    header: StandardIn
    files: list[FileDraft] = field(default_factory=list)
    broken_rows: set[str] = field(default_factory=set)
    faulty: bool = False


def read_standard(folder: Path, shown: str, problems: list[Problem]) -> StandardDraft | None:
    """Read a standard's folder; what is wrong goes to ``problems``. None when ``standard.yaml`` itself is unusable."""
    noted = len(problems)
    files = yaml_files(folder, shown, problems)
    complete = len(problems) == noted
    draft = None
    if any(path.name == STANDARD for path in files):
        located = read_file(folder / STANDARD, f"{shown}/{STANDARD}", problems)
        header = shaped(StandardIn, located, problems)
        if located is not None and header is not None:
            draft = StandardDraft(folder.name, located, header, faulty=not complete)
    elif complete:
        message = f"文件夹里没有 {STANDARD}；请写上（可从模板复制），不是标准的文件夹请移到别处"
        problems.append(Problem(shown, 1, 1, "", message))
    for path in files:
        if path.name == STANDARD:
            continue
        file = _read_rows(path, f"{shown}/{path.name}", draft, problems)
        if draft is not None:
            draft.faulty = draft.faulty or file is None
            draft.files += [file] if file is not None else []
    return draft


def read_file(path: Path, shown: str, problems: list[Problem]) -> Located | None:
    """One located file, or None with its problems noted; faults of a text that could be followed are noted too."""
    try:
        located = read_located_file(path, shown, tolerant=True)
    except ProblemsError as error:
        problems += error.problems
        return None
    problems += located.faults
    return located


def shaped(
    shape: type[ClosedShape], located: Located | None, problems: list[Problem], path: KeyPath = ()
) -> ClosedShape | None:
    """The value at ``path`` in its shape, or None with its problems noted."""
    if located is None:
        return None
    if not path and located.value is None:
        problems.append(Problem(located.name, 1, 1, "", "文件是空的；请写上内容（可从模板复制），用不着就删去这个文件"))
        return None
    result = validate(shape, located, path)
    if isinstance(result, list):
        problems += result
        return None
    return result


def written_keys(value: BaseModel) -> dict[str, Any]:
    """The keys that were written, by name."""
    return {key: getattr(value, key) for key in type(value).model_fields if key in value.model_fields_set}


def _read_rows(path: Path, shown: str, draft: StandardDraft | None, problems: list[Problem]) -> FileDraft | None:
    located = read_file(path, shown, problems)
    shape: type[TopicFileIn | VetoFileIn] = VetoFileIn if path.name == VETOES else TopicFileIn
    key = "vetoes" if path.name == VETOES else "indicators"
    header = shaped(shape, located, problems)
    if located is None or header is None:
        return None
    group = header.topic if isinstance(header, TopicFileIn) else "vetoes"
    if isinstance(header, TopicFileIn) and not path.name.startswith(f"{group}-"):
        problems.append(located.problem(("topic",), f"文件名与内容编号不符；请把文件改名为“{group}-英文名.yaml”"))
    values = {name: value for name, value in written_keys(header).items() if name in HEADER_KEYS}
    file = FileDraft(group, located, values, [])
    for index in range(len(getattr(header, key))):
        row = shaped(RowIn, located, problems, (key, index))
        if row is not None:
            file.rows.append(_row(row, group, located, (key, index)))
        elif draft is not None:
            draft.broken_rows |= set(_id_of(located.value[key][index]))
    return file


def _id_of(raw: object) -> Iterator[str]:
    """The id a faulty row was meant to have: quoted wrongly or not at all, it is still that row."""
    if isinstance(raw, Mapping) and raw.get("id") is not None:
        yield str(raw["id"]).strip("“”‘’＂ ").upper()


def _row(row: RowIn, group: str, located: Located, path: KeyPath) -> RowDraft:
    values = {key: value for key, value in written_keys(row).items() if key != "id"}
    origins: dict[KeyPath, Origin] = {(key,): (located, (*path, key)) for key in values}
    return RowDraft(row.id, group, values, {(): (located, path), ("id",): (located, (*path, "id")), **origins})

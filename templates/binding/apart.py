"""Material made ready to be bound, in a process of its own: what others uploaded is not parsed where the service runs.

``python -m templates.binding.apart`` is told ``[folder, from, to]`` on standard input, reads ``n.in`` there and writes
``n.pdf``, or ``n.txt`` with why not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from templates.binding.material import DAMAGED, NO_FILE, Material, NotBoundError, opened

Progress = Callable[[int, int], None]
_ROOT = Path(__file__).parents[2]
_PASSED_ON = frozenset({"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH"})  # not the service's settings, which hold passwords
_PATIENCE = 60.0  # seconds for one batch
_BATCH = 8
_MOST_BYTES = 500_000_000  # of all materials together
_TOO_MUCH = "汇编已超过 500 MB，请另附"
_SLOW = "文件打不开，或者用时过长"


def made_ready(materials: Sequence[Material], folder: Path, progress: Progress | None = None) -> list[Path | str]:
    """For each the file of its pages in ``folder``, or in a word why it has none."""
    words: dict[int, str] = {}
    left = _MOST_BYTES
    for at, material in enumerate(materials):
        try:
            if material.fetch is None:
                raise NotBoundError(NO_FILE)
            content = material.fetch()
            if len(content) > left:
                raise NotBoundError(_TOO_MUCH)
        except NotBoundError as absent:
            words[at] = str(absent)
            continue
        left -= len(content)
        _source(folder, at).write_bytes(content)
    for first in range(0, len(materials), _BATCH):
        last = min(first + _BATCH, len(materials))
        _run(folder, first, last)
        if progress is not None:
            progress(last, len(materials))
    return [words.get(at) or _ready(folder, at) for at in range(len(materials))]


def _source(folder: Path, at: int) -> Path:
    return folder / f"{at}.in"


def _ready(folder: Path, at: int) -> Path | str:
    pages, word = folder / f"{at}.pdf", folder / f"{at}.txt"
    if word.exists():
        return word.read_text(encoding="utf-8")
    return pages if pages.exists() else _SLOW


def _run(folder: Path, first: int, last: int) -> None:
    """One batch; where a file stops the process, the others are read without it."""
    while any(_source(folder, at).exists() for at in range(first, last)):
        known = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
        try:
            subprocess.run(
                [sys.executable, "-m", "templates.binding.apart"],
                input=json.dumps([str(folder), first, last]).encode(),
                timeout=_PATIENCE,
                check=True,
                capture_output=True,
                env={**known, "PYTHONPATH": str(_ROOT)},
            )
        except subprocess.SubprocessError:
            stopped = next((at for at in range(first, last) if _source(folder, at).exists()), last)
            _source(folder, stopped).unlink(missing_ok=True)


def _make_ready(folder: Path, at: int) -> None:
    source = _source(folder, at)
    if not source.exists():
        return
    part = folder / f"{at}.part"
    try:
        with opened(source.read_bytes()) as pdf:
            pdf.save(part, deterministic_id=True)
        part.rename(folder / f"{at}.pdf")
    except NotBoundError as refused:
        (folder / f"{at}.txt").write_text(str(refused), encoding="utf-8")
    except Exception:  # noqa: BLE001 - qpdf raises whatever a broken file makes it
        (folder / f"{at}.txt").write_text(DAMAGED, encoding="utf-8")
    source.unlink()


if __name__ == "__main__":
    _folder, _first, _last = json.load(sys.stdin)
    for _number in range(_first, _last):
        _make_ready(Path(_folder), _number)

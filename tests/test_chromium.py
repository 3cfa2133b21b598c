"""The browser tests take the headless shell before a whole Chromium, wherever either lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import chromium

WHOLE = ["chromium-1255/chrome-linux64/chrome", "chromium-9/chrome-mac/Chromium.app/Contents/MacOS/Chromium"]


@pytest.mark.parametrize(
    "shell", ["chrome-headless-shell-linux64/chrome-headless-shell", "chrome-linux/headless_shell"]
)
@pytest.mark.parametrize("whole", WHOLE)
def test_playwright_s_own_shell_of_the_same_release_is_found_beside_its_chromium(tmp_path: Path, whole, shell):
    number = whole.partition("/")[0].removeprefix("chromium-")
    there, other = (tmp_path / f"chromium_headless_shell-{one}" / shell for one in (number, "1"))
    for one in (there, other):
        one.parent.mkdir(parents=True)
        one.touch()
    assert chromium.shells_of(tmp_path / whole) == [there]
    assert chromium.shells_of(Path("/usr/bin/chrome")) == []


def test_of_the_system_s_browsers_the_shell_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("chromium", "google-chrome", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert chromium.find() == str(tmp_path / "chromium-headless-shell")

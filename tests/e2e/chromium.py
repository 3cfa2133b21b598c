"""Find a Chromium for the browser tests; ``python tests/e2e/chromium.py --install`` gets one where possible.

Order: the environment's CHROMIUM, a system browser, Playwright's own download, and as root on Debian its package.
The headless shell comes first: the same engine without Chromium's own window around the page, which nobody sees here
and which takes an eighth of the browser tests' processor time. It is what Playwright itself runs headless.
Prints the path found; exits 0 even when none is found unless CI=true, so that the other tests still run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
SHELLS = ("chrome-headless-shell", "chrome-headless-shell.exe", "headless_shell", "headless_shell.exe")  # Playwright's
# Without these a headless Chromium in a closed network waits on look-ups that nothing answers.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but the server under test is there to be asked: other names and addresses do not resolve.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # One process draws all windows of a browser context: a new window finds Streamlit's page read and compiled.
    "--process-per-site",
    # What is drawn without a graphics card is drawn in the browser's own process.
    "--in-process-gpu",
    # Pages live for seconds: what V8's last compiler spends on their code does not come back.
    "--js-flags=--no-opt",
)
MISSING = (
    "未找到 Chromium，浏览器测试没有运行。请安装（Debian：apt-get install chromium），或以环境变量 CHROMIUM 指明路径。"
)


def find() -> str | None:
    """Path of a usable browser, or None."""
    named = os.environ.get("CHROMIUM")
    if named and Path(named).is_file():
        return named
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return _playwrights_own()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only needed when no system browser is there
    except ImportError:
        return None
    with sync_playwright() as playwright:
        whole = Path(playwright.chromium.executable_path)
    found = next((one for one in (*shells_of(whole), whole) if one.is_file()), None)
    return str(found) if found else None


def shells_of(whole: Path) -> list[Path]:
    """The headless shell of the same release beside Playwright's own Chromium, which it does not name itself."""
    release = next((one for one in whole.parents if one.name.startswith("chromium-")), None)
    if release is None:
        return []
    shells = release.with_name(release.name.replace("chromium-", "chromium_headless_shell-"))
    return sorted(one for name in SHELLS for one in shells.glob(f"*/{name}"))


def install() -> None:
    """Try Playwright's own download, then Debian's package as root. Quiet: the caller looks again with `find`."""
    attempts = [[sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        # Debian's package first as root: it brings the libraries a downloaded browser would still miss.
        packages = [["apt-get", "install", "-y", "-q", name] for name in ("chromium-headless-shell", "chromium")]
        attempts = [["apt-get", "update", "-q"], *packages, *attempts]
    for command in attempts:
        if find():
            return
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=600)
        except (OSError, subprocess.TimeoutExpired):
            continue


def main() -> int:
    """Report (and with --install get) a browser."""
    if find() is None and "--install" in sys.argv[1:]:
        install()
    found = find()
    sys.stdout.write((f"Chromium：{found}" if found else MISSING) + "\n")
    return 1 if found is None and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())

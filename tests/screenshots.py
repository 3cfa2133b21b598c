"""`make screenshots`: the pictures of README and user guide, taken of the demonstration (docs/pictures/)."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from templates.text.typefaces import FONTS
from tests.e2e import chromium
from tests.e2e.conftest import COORDINATOR, started, visiting
from ui.navigation import APPRAISAL, ASSESS, MATRIX
from ui.navigation import GOVERNMENT as GOVERNMENT_OPINION

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
REVIEWER, GOVERNMENT = "yanshizhou", "yixian_zhengfu"
# The printed documents' own typefaces, so that the pictures are the same on a machine without Chinese fonts.
_FONTS = f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{FONTS}</dir><cachedir>{{cache}}</cachedir></fontconfig>"""
SHOTS = (
    (COORDINATOR, f"{ASSESS.path}?row=3.3.2", "重大疾病医疗救助", "self-assessment.png"),
    (REVIEWER, MATRIX.path, "图例", "matrix.png"),
    (COORDINATOR, "", "填报步骤", "workbench.png"),
    (GOVERNMENT, GOVERNMENT_OPINION.path, "推荐意见", "government.png"),
    (REVIEWER, f"{APPRAISAL.path}?row=4.2.1", "认定", "appraisal.png"),
)


def main() -> int:
    """Take them; 1 where there is no browser."""
    path = chromium.find()
    if path is None:
        sys.stderr.write(chromium.MISSING + "\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        started(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(_FONTS.format(cache=folder), encoding="utf-8")
        drawing = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS), env=drawing)
        for username, place, seen, name in SHOTS:
            with visiting(browser, address) as visit:
                visit.sign_in(username)
                visit.page.goto(f"{address}/{place}")
                expect(visit.page.get_by_text(seen).first).to_be_visible(timeout=60_000)
                visit.settle()
                visit.page.screenshot(path=PICTURES / name)
                sys.stdout.write(f"{PICTURES / name}\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

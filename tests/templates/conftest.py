"""Submissions and judgements made by hand, and a reader for what was printed."""

import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from scoring.assessment import Assessment, Score, StandardAssessment
from scoring.submission import Division, Form, Opinion, Period, Round, Submission
from templates.application_form.form import render_form
from tests.tools import missing_tool

OPINION = "经审核，申报材料真实、完整，同意推荐。"


def _submission(form=None, opinions=None, division=None, **rest):
    standards = ("national-2018", "yunnan-2018")
    return Submission(
        Round("2018", standards, Period(date(2017, 1, 1), date(2018, 6, 30))),
        division or Division("990121", "甲县"),
        form=Form(
            **{
                "unit_name": "演示省演示州甲县民政局",
                "leader_name": "白㛃𬱖",
                "leader_phone": "0877-4011234",
                "contact_name_and_title": "普龚（股长）",
                "contact_phones": "0877-4015678 13900000000",
                "narrative": "一、基本情况。我县辖8个乡镇。\n二、主要工作。建立工作协调机制。",
                **(form or {}),
            }
        ),
        opinions=opinions if opinions is not None else {},
        **rest,
    )


def _assessment(*, eligible=True, level="county"):
    return Assessment(
        level,
        {
            name: StandardAssessment(
                name, digit * 64, level, eligible, Score("equal", Decimal(45), Decimal(45)), {}, (), {}
            )
            for name, digit in (("national-2018", "a"), ("yunnan-2018", "b"))
        },
    )


@dataclass
class Printed:
    """A rendered form on disk and what poppler reads from it."""

    path: str
    rendered: object

    def text(self, first=None, last=None):
        pages = ["-f", str(first), "-l", str(last or first)] if first else []
        done = subprocess.run(
            ["pdftotext", "-raw", "-enc", "UTF-8", *pages, self.path, "-"], check=True, capture_output=True
        )
        return done.stdout.decode()

    def words(self, first=None, last=None):
        """The text without any white space: how lines were broken does not matter."""
        return "".join(self.text(first, last).split())

    def fonts(self):
        done = subprocess.run(["pdffonts", self.path], check=True, capture_output=True)
        return done.stdout.decode().splitlines()[2:]


@pytest.fixture
def submission():
    return _submission


@pytest.fixture
def assessment():
    return _assessment


@pytest.fixture
def opinions():
    """Opinions of the levels named, all dated."""

    def made(*levels, text=OPINION):
        return {level: Opinion(text, date(2018, 6, 12)) for level in levels}

    return made


@pytest.fixture
def printed(tmp_path):
    """Render and open; the tests read with poppler, as a reader's viewer would."""
    if shutil.which("pdftotext") is None:
        missing_tool("没有 pdftotext，印出的申报表没有核对。请安装（Debian：apt-get install poppler-utils）。")

    def done(made, judged=None, *, level="county", **options):
        rendered = render_form(made, judged or _assessment(level=level), **options)
        path = tmp_path / "form.pdf"
        path.write_bytes(rendered.pdf)
        return Printed(str(path), rendered)

    return done

"""The workbook filled in LibreOffice and read back: what `sample_submissions/01` says, typed cell by cell.

``python benchmarks/libreoffice_fill.py`` makes the workbook of a county that has filled in nothing, lets LibreOffice
open it without a window, put every value into its cell by a macro (locked cells refuse) and save it, reads it back and
judges it. Needs ``soffice``. Exit 1 where a part of the submission is not the sample's, or the versions of entries that
it names did not come back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from indicators import load_library  # noqa: E402 - run as a script from anywhere
from scoring import assess_by_round  # noqa: E402 - as above
from scoring.exchange.reading import read_submission_file  # noqa: E402 - as above
from scoring.submission import Submission  # noqa: E402 - as above
from scoring.workbook.reading import read_workbook  # noqa: E402 - as above
from scoring.workbook.writing import GUIDE, write_workbook  # noqa: E402 - as above

_REGISTER = "佐证材料目录"
_PARTS = ("form", "answers", "vetoes", "evidence")
_NEEDLESS = frozenset({"applies_as"})  # the workbook does not ask it
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Fill(sSource As String, sLines As String, sTarget As String)
  Dim aArgs(0) As New com.sun.star.beans.PropertyValue
  aArgs(0).Name = "Hidden"
  aArgs(0).Value = True
  oDoc = StarDesktop.loadComponentFromURL(ConvertToURL(sSource), "_blank", 0, aArgs())
  oStream = createUnoService("com.sun.star.io.TextInputStream")
  oStream.setInputStream(createUnoService("com.sun.star.ucb.SimpleFileAccess").openFileRead(ConvertToURL(sLines)))
  oStream.setEncoding("UTF-8")
  Do While Not oStream.isEOF()
    aParts = Split(oStream.readLine(), Chr(9))
    If UBound(aParts) = 3 Then
      oCell = oDoc.Sheets.getByName(aParts(0)).getCellRangeByName(aParts(1))
      If aParts(2) = "number" Then
        oCell.Value = Val(aParts(3))
      Else
        oCell.String = Join(Split(aParts(3), "\\n"), Chr(10))
      End If
    End If
  Loop
  Dim aOut(0) As New com.sun.star.beans.PropertyValue
  aOut(0).Name = "FilterName"
  aOut(0).Value = "Calc MS Excel 2007 XML"
  oDoc.storeToURL(ConvertToURL(sTarget), aOut())
  oDoc.close(True)
End Sub
</script:module>
"""


def typed_lines(empty: bytes, full: bytes) -> list[str]:
    """Sheet, cell, kind and value of what a person types: found in ``full`` by the keys of the lines."""
    blank, filled = (load_workbook(BytesIO(content)) for content in (empty, full))
    return [
        line
        for sheet in filled
        if sheet.sheet_state == "visible" and sheet.title != GUIDE
        for line in _of_sheet(sheet, blank[sheet.title])
    ]


def _of_sheet(filled: Worksheet, blank: Worksheet) -> list[str]:
    places = {row[0].value: row[0].row for row in blank.iter_rows()}
    lines = []
    for row in filled.iter_rows(min_row=2):
        for cell in row[2:] if filled.title == _REGISTER else row[5:6]:
            place = blank.cell(places.get(row[0].value, 1), cell.column)
            if cell.value is not None and cell.value != place.value:
                kind = "number" if isinstance(cell.value, int | float) else "text"
                value = str(cell.value).replace("\n", "\\n")
                lines.append(f"{blank.title}\t{place.coordinate}\t{kind}\t{value}")
    return lines


def in_libreoffice(office: str, folder: Path) -> None:
    """empty.xlsx and lines.tsv → filled.xlsx."""
    run = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    # The first start lays out the profile, over whatever stands there.
    subprocess.run([*run, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    (folder / "profile/user/basic/Standard/Module1.xba").write_text(_MODULE, encoding="utf-8")
    names = ",".join(f'"{folder / name}"' for name in ("empty.xlsx", "lines.tsv", "filled.xlsx"))
    subprocess.run([*run, f"macro:///Standard.Module1.Fill({names})"], check=True, capture_output=True, timeout=300)


def main() -> int:
    """Fill in, read back, compare."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("no soffice: install LibreOffice Calc (Debian: apt-get install libreoffice-calc)")
    library = load_library()
    whole = read_submission_file(ROOT / "sample_submissions" / "01-fully-eligible.yaml", library)
    sample = replace(whole, findings={}, site_visits=(), opinions={})
    versions = {f"answer/{row}": number for number, row in enumerate(sample.answers, 1)}
    empty = write_workbook(Submission(round=sample.round, division=sample.division), library, versions=versions)
    lines = typed_lines(empty, write_workbook(sample, library))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "empty.xlsx").write_bytes(empty)
        (folder / "lines.tsv").write_text("\n".join(lines), encoding="utf-8")
        in_libreoffice(office, folder)
        filled = read_workbook((folder / "filled.xlsx").read_bytes(), library)
    back = filled.submission
    wrong = [name for name in _PARTS if getattr(back, name) != getattr(sample, name)]
    wrong += ["versions"] if filled.identity.versions != versions else []
    wrong += [fact for fact in sample.facts if fact not in _NEEDLESS and back.facts.get(fact) != sample.facts[fact]]
    judged = assess_by_round(back, library)
    version = subprocess.run(
        [office, "--version"], check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()
    print(
        f"{version}: {len(lines)} cells filled in; eligible under all standards: {judged.eligible}; differing: {wrong}"
    )
    return 0 if judged.eligible and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())

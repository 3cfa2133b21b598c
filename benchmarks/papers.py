"""How long a county's report and its package of 71 materials take, and how much memory: each in a process of its own.

``python benchmarks/papers.py``: processor time of the whole command and the most memory it held. The material is made
here: 64 PDFs of one to six pages and seven scans of 2,480 × 3,508 pixels; the sample is the fully eligible one.
"""

from __future__ import annotations

import io
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_submissions" / "01-fully-eligible.yaml"
A4, SCAN = (595, 842), (2480, 3508)
SCANS = 7
_ENTRY = re.compile(r"^  (E[0-9]{2}):\n", re.MULTILINE)


def drawn(pages: int) -> bytes:
    """A PDF of so many pages."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for number in range(pages):
        for line in range(40):
            canvas.drawString(60, 780 - 18 * line, f"page {number + 1} line {line + 1} " + "material " * 8)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scanned(seed: int) -> bytes:
    """A scan of a page."""
    stream = io.BytesIO()
    noise = Image.effect_noise((SCAN[0] // 8, SCAN[1] // 8), 20 + seed).resize(SCAN)
    noise.convert("RGB").save(stream, "JPEG", quality=80)
    return stream.getvalue()


def county(folder: Path) -> Path:
    """The sample with a file for each of its materials."""
    numbers = _ENTRY.findall(SAMPLE.read_text(encoding="utf-8"))
    for at, number in enumerate(numbers):
        scan = at < SCANS
        (folder / f"{number}.{'jpg' if scan else 'pdf'}").write_bytes(scanned(at) if scan else drawn(1 + at % 6))
    ending = {number: "jpg" if at < SCANS else "pdf" for at, number in enumerate(numbers)}
    text = _ENTRY.sub(
        lambda entry: f'{entry[0]}    file: "{entry[1]}.{ending[entry[1]]}"\n', SAMPLE.read_text(encoding="utf-8")
    )
    path = folder / "county.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def timed(name: str, *arguments: object) -> None:
    """Run the command; print its processor time with its children's, the time on the wall, its most memory so far."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "templates", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:12} {processor:5.2f} s  ({time.perf_counter() - began:.1f} s)  {used.ru_maxrss / 1024:4.0f} MB")


def main() -> int:
    """Make the material, then run the three."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        file = county(folder)
        timed("report pdf", "report", file, "-o", folder / "report.pdf")
        timed("report docx", "report", file, "-o", folder / "report.docx")
        timed("package", "package", file, "--material", folder, "-o", folder / "package.pdf")
        print(f"package.pdf  {(folder / 'package.pdf').stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How fast the form prints: the same 5,200-character 申报表 through ours, WeasyPrint, typst and fpdf2, in one run.

``python benchmarks/print.py [-n ROUNDS]`` prints medians and ratios. Warm: each renders twice before it is timed, its
fonts loaded; then all take turns, so that a busy moment of the machine meets all alike. They set the same texts, with
the same embedded fonts, on as many pages as they need; ours draws running heads and a 核对页 with its QR code besides.
Every run's text differs a little: nobody is timed finding the last result in a cache.

Then the command itself: processor time before the first line is drawn, and of the whole run; and the forms of 129
counties in one process: processor time of each, and by how much memory grew after the first ten.

Exit 1 when ours takes more than 0.25 of WeasyPrint's time or 2.5 of typst's, or the command more than 0.6 s before it
draws. Needs ``benchmarks/requirements.txt``; a rival that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import gc
import html
import itertools
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scoring.assessment import Assessment, Score, StandardAssessment  # noqa: E402 - run as a script from anywhere
from scoring.submission import FORM_LABELS, Division, Form, Opinion, Period, Round, Submission  # noqa: E402 - as above
from templates.application_form.form import render_form  # noqa: E402 - as above

BARS = {"weasyprint": 0.25, "typst": 2.5}
START_BAR = 0.6
COUNTIES, FIRST = 129, 10
SAMPLE = ROOT / "sample_submissions" / "01-fully-eligible.yaml"
STARTED = """
import sys, time
from reportlab.pdfgen import canvas
begin = canvas.Canvas.__init__
def told(*arguments, **named):
    print(time.process_time())
    begin(*arguments, **named)
canvas.Canvas.__init__ = told
from templates.__main__ import start
status = start()
print(time.process_time())
sys.exit(status)
"""
LENGTH = 5200
FONTS = ROOT / "templates" / "fonts"
TITLE = "全国农村留守儿童关爱保护和困境儿童保障示范县（市、区、旗）申报表"
PARAGRAPH = (
    "（一）县委、县政府每年召开两次会议（2017年4次、2018年上半年2次），研究“重大问题、重要事项和重点个案”，形成会议纪要；"
    "全县8个乡镇配备儿童督导员8名，57个行政村、19个社区配备儿童主任76名，覆盖率达100%。投入资金￥328.5万元——"
    "其中财政资金占70%，依据国发〔2016〕13号、国发〔2016〕36号文件落实。\n"
)
_runs = itertools.count(10)
OPINION = "经审核，申报材料真实、完整，示范创建工作扎实有效，符合指导标准要求，同意推荐。"
FORM = {
    "unit_name": "演示省演示州甲县民政局",
    "leader_name": "甲某",
    "leader_phone": "0877-4011234",
    "contact_name_and_title": "乙某（股长）",
    "contact_phones": "0877-4015678 13900000000",
}
FIELDS = [(FORM_LABELS[name], value) for name, value in FORM.items()]
BOXES = ["县级人民政府推荐意见：", "地市级民政部门推荐意见：", "省级民政部门推荐意见："]


def narrative() -> str:
    """5,200 characters, every paragraph a little other than at any call before."""
    run = next(_runs)
    text = "".join(PARAGRAPH.replace("57", f"{run}{part}") for part in range(LENGTH // len(PARAGRAPH) + 1))
    return text[:LENGTH]


def ours() -> Callable[[], bytes]:
    """`templates.application_form.form.render_form`, 附页 and 核对页 with their QR code included."""
    blank = Submission(
        Round("2018", ("national-2018",), Period(date(2017, 1, 1), date(2018, 6, 30))),
        Division("990121", "甲县"),
        opinions={level: Opinion(OPINION) for level in ("county_government", "prefecture", "province")},
    )
    score = Score("equal", Decimal(45), Decimal(45))
    judged = StandardAssessment(
        "national-2018", "a" * 64, "province", eligible=True, score=score, counts={}, vetoes=(), indicators={}
    )
    assessment = Assessment("province", {"national-2018": judged})
    return lambda: render_form(replace(blank, form=Form(**FORM, narrative=narrative())), assessment).pdf


def weasyprint() -> Callable[[], bytes]:
    """HTML and CSS, justified, the same fonts through @font-face, the font configuration kept between runs."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - each rival is optional
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - each rival is optional

    fonts = FontConfiguration()
    style = CSS(
        string=f"""
        @font-face {{ font-family: Serif; src: url({(FONTS / "NotoSerifSC-Regular.ttf").as_uri()}) }}
        @font-face {{ font-family: Title; src: url({(FONTS / "NotoSerifSC-Bold.ttf").as_uri()}) }}
        @page {{ size: A4; margin: 37mm 26mm 35mm 28mm }}
        body {{ font: 14pt/22pt Serif; text-align: justify }}
        h1 {{ font: 20pt/31pt Title; text-align: center }}
        table {{ width: 100%; border-collapse: collapse }} td {{ border: 0.6pt solid }}
        .box {{ border: 0.6pt solid; padding: 3mm; box-decoration-break: clone }} .new {{ break-before: page }}
        p {{ text-indent: 2em; margin: 0 }}""",
        font_config=fonts,
    )
    rows = "".join(f"<tr><td>{html.escape(k)}</td><td>{html.escape(v)}</td></tr>" for k, v in FIELDS)
    boxes = "".join(f"<div class=box>{label}<p>{OPINION}</p>（公章）</div>" for label in BOXES)

    def run() -> bytes:
        text = "".join(f"<p>{html.escape(line)}</p>" for line in narrative().splitlines())
        page = (
            f"<html lang=zh-CN><h1>{TITLE}</h1><table>{rows}</table><div class=box>基本情况及主要工作：{text}</div>"
            f"<div class=new>{boxes}（本表格一式两份）</div></html>"
        )
        return HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts)

    return run


def typst() -> Callable[[], bytes]:
    """A typst document, compiled by one kept compiler."""
    import typst as engine  # noqa: PLC0415 - each rival is optional

    def quoted(text: str) -> str:
        return text.replace("\\", "\\\\").replace('"', '\\"')

    cells = "".join(f'[#"{quoted(key)}"], [#"{quoted(value)}"], ' for key, value in FIELDS)
    boxes = "\n".join(
        f'#block(width: 100%, stroke: 0.6pt, inset: 3mm)[#"{label}"\n\n#"{OPINION}"\n\n（公章）]' for label in BOXES
    )
    source = f"""
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))
#set text(font: "Noto Serif SC", size: 14pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 8pt)
#align(center, text(size: 20pt, weight: "bold")[#"{TITLE}"])
#table(columns: 2, {cells})
#block(width: 100%, stroke: 0.6pt, inset: 3mm)[基本情况及主要工作：

@NARRATIVE@]
#pagebreak()
{boxes}
（本表格一式两份）
"""
    compiler = engine.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)

    def run() -> bytes:
        text = "\n\n".join(f'#"{quoted(line)}"' for line in narrative().splitlines())
        return compiler.compile(input=source.replace("@NARRATIVE@", text).encode())

    return run


def fpdf2() -> Callable[[], bytes]:
    """fpdf2 without text shaping, justified by characters; a document cannot share its fonts with the next one."""
    from fpdf import FPDF  # noqa: PLC0415 - each rival is optional

    def run() -> bytes:
        pdf = FPDF(format="A4")
        pdf.set_margins(28, 37, 26)
        pdf.set_auto_page_break(auto=True, margin=35)
        pdf.add_font("Serif", fname=FONTS / "NotoSerifSC-Regular.ttf")
        pdf.add_font("Title", fname=FONTS / "NotoSerifSC-Bold.ttf")
        pdf.add_page()
        pdf.set_font("Title", size=20)
        pdf.multi_cell(0, 11, TITLE, align="C", new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
        pdf.set_font("Serif", size=14)
        for key, value in FIELDS:
            pdf.cell(60, 13, key, border=1)
            pdf.cell(0, 13, value, border=1, new_x="LMARGIN", new_y="NEXT")
        pdf.multi_cell(0, 7.76, narrative(), border=1, align="J", new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
        pdf.add_page()
        for label in BOXES:
            text = f"{label}\n　　{OPINION}\n（公章）"
            pdf.multi_cell(0, 7.76, text, border=1, new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
        return bytes(pdf.output())

    return run


def once(render: Callable[[], bytes]) -> tuple[float, int]:
    """Milliseconds of one run, and the size of its file in bytes."""
    gc.collect()
    start = time.perf_counter()
    content = render()
    spent = (time.perf_counter() - start) * 1000
    if not content.startswith(b"%PDF"):
        raise RuntimeError("no PDF came out")
    return spent, len(content)


def prepared() -> dict[str, Callable[[], bytes]]:
    """Everybody who is installed, warmed up."""
    ready = {}
    for name, prepare in (("ours", ours), ("weasyprint", weasyprint), ("typst", typst), ("fpdf2", fpdf2)):
        try:
            ready[name] = prepare()
        except ImportError as error:
            print(f"{name:<12} not installed ({error.name}); see benchmarks/requirements.txt")
            continue
        once(ready[name])
        once(ready[name])
    return ready


def start_up() -> tuple[float, float]:
    """Processor seconds of ``python -m templates form`` until it begins to draw, and of all of it; the best of five."""
    runs = []
    for _ in range(5):
        command = [sys.executable, "-c", STARTED, "form", str(SAMPLE), "-o", "/dev/null"]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        runs.append(tuple(map(float, told.stdout.split())))
    before, whole = min(runs)
    return before, whole


def many_forms() -> tuple[float, float]:
    """Milliseconds of processor time a form, and megabytes grown between the first ten and the last."""
    render, grown = ours(), 0
    start = time.process_time()
    for number in range(COUNTIES):
        render()
        if number == FIRST:
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = (time.process_time() - start) * 1000 / COUNTIES
    return spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown) / 1024


def main() -> int:
    """Measure everybody in turn; 1 when ours misses the bar."""
    parser = argparse.ArgumentParser(description="Time the printing of the form against other typesetters.")
    parser.add_argument("-n", "--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    renderers = prepared()
    times: dict[str, list[float]] = {name: [] for name in renderers}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for name, render in renderers.items():
            spent, sizes[name] = once(render)
            times[name].append(spent)
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    for name, median in medians.items():
        print(f"{name:<12} {median:8.1f} ms   {sizes[name] // 1024:5d} KB   median of {rounds}")
    for rival in ("weasyprint", "typst", "fpdf2"):
        if rival in medians:
            print(f"ours / {rival:<11} {medians['ours'] / medians[rival]:.2f}")
    each, grown = many_forms()
    print(f"{COUNTIES} forms in one process: {each:.0f} ms of processor time each, {grown:.1f} MB grown after {FIRST}")
    before, whole = start_up()
    print(f"the command: {before:.2f} s of processor time before it draws, {whole:.2f} s in all")
    bars = {f"ours ≤ {bar} × {rival}": medians["ours"] <= bar * medians.get(rival, 0) for rival, bar in BARS.items()}
    bars[f"start-up ≤ {START_BAR} s"] = before <= START_BAR
    for bar, met in bars.items():
        print(f"bar: {bar}: {'met' if met else 'MISSED'}")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

"""账号通知单: a first password on a page of its own, to be handed over and thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from templates.composing.drawing import begin_pdf
from templates.composing.paper import paper
from templates.text.setting import Setter
from templates.text.sheet import Sheet, points
from templates.text.typefaces import typefaces

_TITLE = "账号通知单"
_SYSTEM = "农村留守儿童关爱保护和困境儿童保障示范县申报评估系统"
_SECRET_SIZE, _LABEL_WIDTH = 17.0, points(34)
_STEPS = (
    "1. 打开本单位公布的网址，输入用户名和初始密码登录。密码分大小写，没有容易看混的 0、O、1、l、I。",
    "2. 首次登录须先把初始密码改成自己的密码：至少10位，含字母、数字、符号中的至少两类。",
    "3. 改好以后请销毁本单。系统里没有留存初始密码；遗失的，请发放单位重置。",
    "4. 账号只供本人使用，一切操作都记在本人名下。",
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on one page; ``unit`` empty where there is none, ``issuer``: who hands it over."""

    username: str
    password: str = field(repr=False)
    display_name: str
    role: str
    division: str
    unit: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class PrintedSlips:
    """The file, and the characters that print as 〓 because no font has them."""

    pdf: bytes = field(repr=False)
    missing_glyphs: tuple[str, ...]


def render_slips(slips: Sequence[Slip]) -> PrintedSlips:
    """One page for each, in their order. The same slips give the same bytes."""
    setter = Setter(typefaces())
    drawn = begin_pdf(paper("book"), setter.faces, _TITLE)
    for slip in slips:
        _draw(drawn.sheet, setter, slip)
        drawn.sheet.canvas.showPage()
    return PrintedSlips(drawn.saved(), tuple(setter.missing))


def _draw(sheet: Sheet, setter: Setter, slip: Slip) -> None:
    layout = paper("book")
    page, kind, faces = layout.page, layout.type, setter.faces
    top = page.top
    for text, size, leading in ((_SYSTEM, kind.body, kind.leading), (_TITLE, kind.title, kind.title_leading + 6)):
        sheet.lines(setter.fixed(text, size, page.text_width, faces.title, centred=True), page.left, top, leading)
        top += leading
    rows = (
        ("用户名", slip.username, _SECRET_SIZE),
        ("初始密码", slip.password, _SECRET_SIZE),
        ("姓名或单位", slip.display_name, kind.heading),
        ("角色", slip.role, kind.heading),
        ("行政区划", slip.division, kind.heading),
        *((("部门", slip.unit, kind.heading),) if slip.unit else ()),
        *((("发放", slip.issuer, kind.heading),) if slip.issuer else ()),
    )
    for label, text, size in rows:
        room = page.text_width - _LABEL_WIDTH - 2 * layout.side
        secret = size == _SECRET_SIZE  # 字母、数字用黑体，看得清
        lines = setter.fixed(text, size, room, faces.sans) if secret else setter.cell(text, size, room, centred=False)
        leading = size * 1.5
        height = len(lines) * leading + points(4)
        sheet.box(page.left, top, _LABEL_WIDTH, height)
        sheet.box(page.left + _LABEL_WIDTH, top, page.text_width - _LABEL_WIDTH, height)
        middle = top + height / 2 + kind.heading * 0.36
        sheet.word(label, faces.sans, kind.heading, page.left + _LABEL_WIDTH / 2, middle, align="centre")
        sheet.lines(lines, page.left + _LABEL_WIDTH + layout.side, top + points(2), leading)
        top += height
    top += points(8)
    for step in _STEPS:
        lines = setter.cell(step, kind.body, page.text_width, centred=False)
        sheet.lines(lines, page.left, top, kind.leading)
        top += len(lines) * kind.leading + points(1.5)

"""A piece of material as pages that can be bound, or in a word why it cannot. Nothing in it is ever run or fetched."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MOST_PAGES = 500
_MOST_PIXELS = 40_000_000
_LONGEST = 2_400  # of a picture's side: 200 to the inch on A4
_QUALITY = 85
_POINTS = 72 / 200
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/Movie", "/Sound"})
_ACTIVE_KEYS = frozenset(("/JS", "/XFA", "/EmbeddedFiles", "/RichMediaContent"))

PDF, JPEG, PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_PDF_WITHIN = 1024  # bytes in which the header of a PDF may stand
ENCRYPTED = "文件加了密码"
DAMAGED = "文件已损坏或不完整，打不开"
ACTIVE = "文件含有脚本、附件等活动内容"
NO_PAGES = "不是 PDF 或图片，没有可附的页"
NO_FILE = "没有上传文件"


class NotBoundError(Exception):
    """Material that cannot be bound; the message is the word for the index."""


class AbsentError(NotBoundError):
    """A file of the register that is not to be had."""


@dataclass(frozen=True, slots=True)
class Material:
    """``number``: of the register. ``fetch`` gives its bytes or raises AbsentError; None = no file belongs to it."""

    number: str
    title: str
    issuer: str = ""
    date: str = ""
    fetch: Callable[[], bytes] | None = None


def opened(content: bytes) -> pikepdf.Pdf:
    """The pages of a file of material. Raises NotBoundError."""
    if content.startswith((JPEG, PNG)):
        content = _picture(content)
    elif PDF not in content[:_PDF_WITHIN]:
        raise NotBoundError(NO_PAGES)
    try:
        pdf = pikepdf.open(io.BytesIO(content))
        _checked(pdf)
        pdf.flatten_annotations("print")  # seals and filled fields are seen as they print; what they do is gone
    except NotBoundError:
        raise
    except pikepdf.PasswordError:
        raise NotBoundError(ENCRYPTED) from None
    except Exception as broken:  # qpdf raises whatever a broken file makes it
        raise NotBoundError(DAMAGED) from broken
    return pdf


def _checked(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise NotBoundError(ENCRYPTED)
    count = len(pdf.pages)
    if not count:
        raise NotBoundError(DAMAGED)
    if count > MOST_PAGES:
        raise NotBoundError(f"有 {count} 页，超过 {MOST_PAGES} 页，请另附")
    if any(map(_is_active, pdf.objects)):
        raise NotBoundError(ACTIVE)


def _is_active(thing: pikepdf.Object) -> bool:
    """Whether an action, a script or a file stands in it, however deep; what it refers to is looked at by itself."""
    waiting = [thing]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, pikepdf.Array):
            waiting.extend(part for part in inner if isinstance(part, pikepdf.Object) and not part.is_indirect)
        elif isinstance(inner, pikepdf.Dictionary | pikepdf.Stream):
            held = dict(inner.stream_dict.items()) if isinstance(inner, pikepdf.Stream) else dict(inner.items())
            if str(held.get("/S", "")) in _ACTIONS or not held.keys().isdisjoint(_ACTIVE_KEYS):
                return True
            waiting.extend(part for part in held.values() if isinstance(part, pikepdf.Object) and not part.is_indirect)
    return False


def _picture(content: bytes) -> bytes:
    """A picture as a PDF of one page."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
        with image:
            if image.width * image.height > _MOST_PIXELS:
                raise NotBoundError(f"图片过大（{image.width}×{image.height}），请另附")
            image.draft("RGB", (_LONGEST, _LONGEST))
            shown = image.convert("RGBA") if image.mode in {"P", "LA", "RGBA", "PA"} else image.convert("RGB")
    except NotBoundError:
        raise
    except Exception as broken:  # Pillow raises whatever its decoders do
        raise NotBoundError(DAMAGED) from broken
    if shown.mode == "RGBA":
        white = Image.new("RGB", shown.size, "white")
        white.paste(shown, mask=shown.getchannel("A"))
        shown = white
    shown.thumbnail((_LONGEST, _LONGEST))
    packed, stream = io.BytesIO(), io.BytesIO()
    shown.save(packed, "JPEG", quality=_QUALITY)
    size = (shown.width * _POINTS, shown.height * _POINTS)
    canvas = Canvas(stream, pagesize=size, invariant=1)
    packed.seek(0)
    canvas.drawImage(ImageReader(packed), 0, 0, *size)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()

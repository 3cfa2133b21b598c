"""PDF/A-2b (ISO 19005-2): the last step of every printed document.

The canvas embeds every font with a Unicode map and sets language, title and outline; added here are XMP metadata that
say the same as the document's own, the colours meant (sRGB), and the day. The same file gives the same bytes.

``srgb.icc`` is what Pillow makes (``ImageCms.createProfile("sRGB")``, by Little CMS, whose profile says "No copyright,
use freely"), its date fixed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    import pikepdf

_PRODUCER = "demonstration-county"
_PROFILE = Path(__file__).parent / "srgb.icc"
_CHINA = "+08:00"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
{properties}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_UNTOLD = frozenset({"", "anonymous", "untitled", "unspecified"})  # the canvas' words for what nobody told it
# What the document's own information says, as XMP says it.
_AS_XMP = {
    "/Title": '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>',
    "/Author": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "/Subject": '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>',
    "/Creator": "<xmp:CreatorTool>{}</xmp:CreatorTool>",
    "/Producer": "<pdf:Producer>{}</pdf:Producer>",
}


@dataclass(frozen=True, slots=True)
class PageLabel:
    """What a reader's page field shows from ``page`` (1 is the first) on: the prefix, and numbers if ``number``."""

    page: int
    prefix: str = ""
    number: int | None = None


def archived(pdf: bytes, created: date | None, labels: Sequence[PageLabel] = ()) -> bytes:
    """The file as PDF/A-2b. ``created``: the day it says it was made; None = it says none (the clock is never read)."""
    import pikepdf  # noqa: PLC0415 - the last step: a command is drawing before it loads what it needs for this

    with pikepdf.open(io.BytesIO(pdf)) as file:
        words = ((key, str(value)) for key, value in file.docinfo.items() if key in _AS_XMP)
        told = {key: text for key, text in words if text not in _UNTOLD}
        told["/Producer"] = _PRODUCER
        file.trailer.Info = file.make_indirect(pikepdf.Dictionary({**told, **_information(created)}))
        properties = [_AS_XMP[key].format(escape(value)) for key, value in told.items()]
        if created is not None:
            day = f"{created.isoformat()}T00:00:00{_CHINA}"
            properties.append(f"<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>")
        packet = _PACKET.format(properties="\n".join(properties)).encode()
        file.Root.Metadata = file.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        file.Root.OutputIntents = [_colours_meant(file)]
        if labels:
            file.Root.PageLabels = pikepdf.Dictionary(Nums=[part for label in labels for part in _labelled(label)])
        for page in file.pages:
            if "/Trans" in page:  # the canvas writes an empty slide transition
                del page["/Trans"]
        whole = io.BytesIO()
        file.save(
            whole,
            min_version="1.7",
            deterministic_id=True,
            compress_streams=False,  # what the canvas wrote is compressed already
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return whole.getvalue()


def _labelled(label: PageLabel) -> tuple[int, pikepdf.Dictionary]:
    import pikepdf  # noqa: PLC0415 - as above

    shown = pikepdf.Dictionary()
    if label.prefix:
        shown.P = label.prefix
    if label.number is not None:
        shown.S, shown.St = pikepdf.Name.D, label.number
    return label.page - 1, shown


def _information(created: date | None) -> dict[str, str]:
    if created is None:
        return {}
    day = f"D:{created:%Y%m%d}000000{_CHINA.replace(':', chr(39))}'"
    return {"/CreationDate": day, "/ModDate": day}


def _colours_meant(file: pikepdf.Pdf) -> pikepdf.Dictionary:
    import pikepdf  # noqa: PLC0415 - as above

    profile = file.make_stream(_profile(), N=3)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=profile,
    )


@cache
def _profile() -> bytes:
    return _PROFILE.read_bytes()

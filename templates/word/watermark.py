"""A word across every page of a DOCX, under its text, as Word and WPS make one."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from templates.word.writing import SANS, WordFile

_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
# Shape 136 is text along a straight line, as the format describes it to programs that do not know the number.
_FORMULAS = (
    "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
    "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7",
    "sum @6 0 @5",
)  # fmt: skip
_PLACED = (
    "position:absolute;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:page;mso-position-vertical:center;mso-position-vertical-relative:page"
)


def watermark(file: WordFile, words: str, width: float, grey: float) -> None:
    """Our own ``words`` across every page, ``width`` points long; ``grey`` from 0 (black) to 1."""
    eight, formulas = round(grey * 255), "".join(f'<v:f eqn="{one}"/>' for one in _FORMULAS)
    height = width / len(words)
    header = file.document.sections[0].header.paragraphs[0]
    header._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} {_VML}><w:pict>"
            '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
            f' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{formulas}</v:formulas>'
            '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
            ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
            f'<v:shape id="watermark" type="#_x0000_t136" style="{_PLACED};width:{width:.0f}pt;height:{height:.0f}pt"'
            f' fillcolor="#{eight:02x}{eight:02x}{eight:02x}" stroked="f">'
            f'<v:textpath style="font-family:{SANS};font-size:1pt" string="{words}"/></v:shape></w:pict></w:r>'
        )
    )

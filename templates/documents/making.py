"""From contents to a file: the layout of that name filled and rendered as the ending asks."""

from __future__ import annotations

from templates.documents.filling import fill
from templates.documents.layout import read_layout
from templates.documents.model import Document, Ending, RenderedDocument


def made_document(name: str, contents: object, ending: Ending) -> RenderedDocument:
    """``name``: of its layout. ``contents``: of the dataclass that belongs to it.

    Raises ProblemsError (layout), TypefaceError.
    """
    document = fill(read_layout(name, type(contents)), contents, ending)
    return rendered(document, ending)


def rendered(document: Document, ending: Ending) -> RenderedDocument:
    """A document as a file of that ending; each renderer is loaded where it is wanted."""
    if ending == "docx":
        from templates.documents.docx import render_docx  # noqa: PLC0415 - half a second that a PDF does not need

        return render_docx(document)
    if ending == "xlsx":
        from templates.documents.xlsx import render_xlsx  # noqa: PLC0415 - likewise

        return render_xlsx(document)
    from templates.documents.pdf import render_pdf  # noqa: PLC0415 - likewise

    return render_pdf(document)

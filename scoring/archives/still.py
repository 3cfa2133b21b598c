"""Office files without the machine's time in them: the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_STILL = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</)")


def without_time(content: bytes) -> bytes:
    """The same XLSX or DOCX, its parts and properties dated alike whenever it was written."""
    still = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as rewritten:
        for part in parts.infolist():
            raw = parts.read(part)
            if part.filename == "docProps/core.xml":
                raw = _STAMP.sub(rb"\g<1>2018-01-01T00:00:00Z\g<3>", raw)
            entry = zipfile.ZipInfo(part.filename, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            rewritten.writestr(entry, raw)
    return still.getvalue()

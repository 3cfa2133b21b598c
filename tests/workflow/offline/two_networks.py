"""A county's network and the one above it, with a package between them."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime

from tests.workflow.office_room import ADMINISTRATOR, COORDINATOR, NOW, opened_by
from workflow.office import Office
from workflow.offline.packages import make_package
from workflow.offline.receiving import Incoming, take_package
from workflow.people import Person
from workflow.targets import Target

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
DIGEST = hashlib.sha256(PDF).hexdigest()


def packed(office: Office, who: Person, number: int, now: datetime = NOW) -> bytes:
    """The package that somebody makes of it."""
    out = io.BytesIO()
    make_package(office, who, number, now, out)
    return out.getvalue()


def taken(office: Office, content: bytes, now: datetime = NOW) -> Incoming:
    """Taken in by the administrator."""
    return take_package(office, ADMINISTRATOR, io.BytesIO(content), now)


def content_of(office: Office, number: int) -> dict[Target, object]:
    """What the county sees of it: its own words, findings, opinions."""
    entries = opened_by(office, COORDINATOR, number).entries
    return {t: entry.body for t, entry in entries.items() if t.is_content or t.is_finding or t.is_opinion}


def taken_up(office, above, number: int) -> int:
    """The county's submission taken in above; its id there."""
    taken(above, packed(office, COORDINATOR, number))
    with above.store.read() as tx:
        return tx.submissions.all()[0].id

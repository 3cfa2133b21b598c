"""The process that test_kill kills: saves without pause, and says what it was told is saved.

Started through `run`; writes one line per acknowledged save to its pipe. Never told when it will die.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path

from storage import open_store
from storage.care.restore import restore_backup

AT = datetime(2018, 6, 1, 8, 0, tzinfo=UTC)


def attachment(number: int) -> bytes:
    """An evidence file that says its number, several pages long."""
    return f"附件 {number}\n".encode() * 20_000


def save_until_killed(var: Path, submission_id: int, first: int, tell: Connection) -> None:
    """Each save: an answer (new, and then changed), every third with a file. ``tell`` gets its number once durable."""
    with open_store(var=var) as store:
        tell.send("ready")
        for number in range(first, first + 100_000):
            name = f"life{first}"
            if number % 3 == 0:
                digest = store.files.put(io.BytesIO(attachment(number)))
                with store.write(name, AT) as tx:
                    tx.files.register(submission_id, digest, name=f"{number}.pdf", media_type="application/pdf")
                    tx.entries.put(submission_id, "evidence", f"E{number}", {"sha256": digest}, 0)
            else:
                with store.write(name, AT) as tx:
                    tx.entries.put(submission_id, "answer", f"{number}", {"note": f"{number}" * 500}, 0)
                    tx.entries.put(submission_id, "answer", f"{number}", {"note": f"{number}" * 900}, 1)
            tell.send(number)


def digest_of(number: int) -> str:
    """The digest of `attachment`."""
    return sha256(attachment(number)).hexdigest()


def make_stores_until_killed(var: Path, tell: Connection) -> None:
    """Open new stores, one folder after another."""
    tell.send("ready")
    for number in range(10_000):
        open_store(var=var / str(number)).close()
        tell.send(number)


def restore_until_killed(archives: tuple[Path, Path], var: Path, tell: Connection) -> None:
    """Swap two backups in turn."""
    tell.send("ready")
    for number in range(10_000):
        restore_backup(archives[number % 2], var, AT, force=True)
        tell.send(number)

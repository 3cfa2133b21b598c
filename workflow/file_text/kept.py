"""Remarks on files as the store keeps them, by the files' digests."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from storage.store import Transaction
from workflow.file_text.findings import Remarks


def keep(tx: Transaction, sha256: str, remarks: Remarks) -> None:
    """Keep them beside the file, in the same transaction."""
    tx.files.remark(sha256, {"warnings": remarks.warnings, "unread": remarks.unread})


def kept(tx: Transaction, digests: Collection[str]) -> dict[str, Remarks]:
    """Those of these files; of one that was kept before files were read there are none."""
    remarks = tx.files.remarks(digests) if digests else {}
    return {
        digest: Remarks(tuple(one["warnings"]), tuple(one["unread"]))
        for digest, one in remarks.items()
        if isinstance(one, Mapping)
    }

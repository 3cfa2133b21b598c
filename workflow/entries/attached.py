"""The files that entries name by their bytes: documents of the register, photos of a visit, the scan of an opinion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scoring.submission import Submission
from storage.canonical import Json
from workflow.targets import SCAN_KINDS, Target

PICTURES = frozenset({"jpg", "jpeg", "png"})
SCANS = frozenset({"pdf", *PICTURES})


def opinion_of(scan: Target) -> Target:
    """The opinion that was sealed."""
    return next(Target.opinion(level) for level, kind in SCAN_KINDS.items() if kind == scan.kind)


def digests(target: Target, body: Json) -> frozenset[str]:
    """The SHA-256 of every file that an entry names."""
    if target.kind == "site_visit":
        return frozenset(_photos(body))
    named = body.get("sha256") if isinstance(body, Mapping) and _is_file(target) else None
    return frozenset({named}) if isinstance(named, str) else frozenset()


def _is_file(target: Target) -> bool:
    return target.kind == "evidence" or target.is_scan


def _photos(body: Json) -> Iterator[str]:
    photos = body.get("photos") if isinstance(body, Mapping) else None
    listed = photos if isinstance(photos, list | tuple) else ()
    yield from (str(photo.get("sha256")) for photo in listed if isinstance(photo, Mapping))


def attached(content: Submission) -> dict[str, None]:
    """The SHA-256 of every file that a submission names, each once: the register's first."""
    named = [item.sha256 for item in content.evidence.values()]
    named += [photo.sha256 for visit in content.site_visits for photo in visit.photos]
    named += [opinion.scan.sha256 for opinion in content.opinions.values() if opinion.scan is not None]
    return dict.fromkeys(digest for digest in named if digest is not None)

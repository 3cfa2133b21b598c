"""What the register of documents says of persons: its own texts, and the files behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from scoring.submission import EvidenceItem
from workflow.content import body_of
from workflow.file_text.findings import CONFIRM, is_whole
from workflow.file_text.kept import kept
from workflow.office import Office
from workflow.personal_hints import entry_hints
from workflow.targets import Target

_LISTED = 12


def texts_told(register: Mapping[str, EvidenceItem]) -> tuple[str, ...]:
    """Sentences on documents whose own texts may name somebody."""
    return tuple(hint for key, item in register.items() for hint in entry_hints(Target.evidence(key), body_of(item)))


def files_told(office: Office, register: Mapping[str, EvidenceItem], held: Collection[str]) -> tuple[str, ...]:
    """Sentences on files that may name somebody, and on those that nobody could look into."""
    digests = {key: item.sha256 for key, item in register.items() if item.sha256 is not None and item.sha256 in held}
    with office.store.read() as tx:
        by_digest = kept(tx, set(digests.values()))
    remarks = {key: by_digest[digest] for key, digest in digests.items() if digest in by_digest}
    warnings = (f"{key}：{one}" for key, those in remarks.items() for one in those.warnings)
    unread = {key: those.unread for key, those in remarks.items() if those.unread}
    earlier = [key for key in digests if key not in remarks]
    return (*warnings, *_unread(unread, earlier))


def _unread(unread: Mapping[str, Sequence[str]], earlier: Sequence[str]) -> Iterator[str]:
    whole = [key for key, parts in unread.items() if any(map(is_whole, parts))]
    for key, parts in unread.items():
        if key not in whole:
            yield f"{key} 的文件没有检查的：{'、'.join(parts)}。{CONFIRM}"
    if whole:
        yield f"没有文字可查（图片、扫描件等）或读不出来、内容没有检查的文件：{_named(whole)}。{CONFIRM}"
    if earlier:
        yield f"有内容检查以前上传、没有检查的文件：{_named(earlier)}。{CONFIRM}"


def _named(ids: Sequence[str]) -> str:
    more = f"等{len(ids)}件" if len(ids) > _LISTED else ""
    return f"{'、'.join(ids[:_LISTED])}{more}"

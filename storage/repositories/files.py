"""Which files belong to which submission. The bytes lie in the `FileStore`; a route asks here before serving them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from storage.acts import FILE_REGISTER, FileDetail
from storage.canonical import Json
from storage.database.tables import file_remarks, files
from storage.errors import NotThere
from storage.file_store import FileStore
from storage.records import FileRecord
from storage.repositories.repository import Repository, Scope


class Files(Repository):
    """Registered within the transaction that names them; never taken out, because the history names them."""

    def __init__(self, scope: Scope, store: FileStore) -> None:
        super().__init__(scope)
        self._store = store

    def register(self, submission_id: int, sha256: str, *, name: str, media_type: str) -> FileRecord:
        """Bytes already `put` become this submission's; if they are, the first record stands. Raises NotThere."""
        by, now = self._writer()
        standing = self.get(submission_id, sha256)
        if standing is not None:
            return standing
        if not self._store.exists(sha256):
            raise NotThere(f"存储中没有文件 {sha256}（{name}），请重新上传。")
        record = FileRecord(submission_id, sha256, name, media_type, self._store.size(sha256), by, now)
        self._connection.execute(files.insert().values({n: getattr(record, n) for n in FileRecord.__slots__}))
        detail = FileDetail(name=name, media_type=media_type, size=record.size)
        self._record(FILE_REGISTER, f"file/{sha256}", detail, submission_id)
        return record

    def remark(self, sha256: str, remarks: Json) -> None:
        """Keep what reading these bytes gave, in the place of what was kept. Not audited: it follows from the bytes."""
        self._writer()
        self._connection.execute(delete(file_remarks).where(file_remarks.c.sha256 == sha256))
        self._connection.execute(file_remarks.insert().values(sha256=sha256, remarks=remarks))

    def remarks(self, digests: Collection[str]) -> dict[str, Json]:
        """By SHA-256; files kept before there were remarks have none."""
        query = select(file_remarks).where(file_remarks.c.sha256.in_(digests))
        return {row.sha256: row.remarks for row in self._connection.execute(query)}

    def get(self, submission_id: int, sha256: str) -> FileRecord | None:
        """The record, if these bytes are this submission's."""
        query = select(files).where(files.c.submission_id == submission_id, files.c.sha256 == sha256)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else FileRecord(**row._mapping)

    def all(self, submission_id: int | None = None) -> tuple[FileRecord, ...]:
        """In the order they came; of every submission where none is named."""
        query = select(files).order_by(files.c.added_at, files.c.sha256, files.c.submission_id)
        if submission_id is not None:
            query = query.where(files.c.submission_id == submission_id)
        return tuple(FileRecord(**row._mapping) for row in self._connection.execute(query))

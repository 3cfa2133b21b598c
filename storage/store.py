"""Opening the store, and its three kinds of transaction; a glance is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from indicators.installation import database_url
from storage.database import schema
from storage.database.engine import embedded_url, for_glancing, for_reading, for_writing, make_engine
from storage.database.lock import StoreLock
from storage.database.tables import audit_head
from storage.database.troubles import OpenedFile, trouble_of, words_of
from storage.errors import ReadOnly, SaveFailed, StoreMissing
from storage.file_store import FileStore
from storage.repositories.accounts import Accounts
from storage.repositories.audit import AuditHead, AuditLog, ChainEnd
from storage.repositories.departments import Departments
from storage.repositories.drafts import Drafts
from storage.repositories.entries import Entries
from storage.repositories.files import Files
from storage.repositories.pinned_standards import PinnedPolicies, PinnedStandards
from storage.repositories.printed_forms import PrintedForms
from storage.repositories.repository import Scope
from storage.repositories.reviewers import Reviewers
from storage.repositories.rounds import Rounds
from storage.repositories.sign_in import Attempts, Sessions
from storage.repositories.submissions import Moves, Returns, Submissions
from storage.repositories.verdicts import Verdicts

DATABASE = "store.db"
FILES = "files"


class Transaction:
    """The repositories on one connection; they see the same moment and are kept or dropped together."""

    def __init__(self, scope: Scope, files: FileStore, end: ChainEnd) -> None:
        self._scope, self._bytes, self._end = scope, files, end
        self.audit = scope.audit
        self.accounts = Accounts(scope)
        self.sessions = Sessions(scope)
        self.attempts = Attempts(scope)
        self.rounds = Rounds(scope)
        self.pinned_standards = PinnedStandards(scope)
        self.pinned_policies = PinnedPolicies(scope)
        self.submissions = Submissions(scope)
        self.reviewers = Reviewers(scope)
        self.entries = Entries(scope)
        self.moves = Moves(scope)
        self.returns = Returns(scope)
        self.files = Files(scope, files)
        self.departments = Departments(scope)
        self.drafts = Drafts(scope)
        self.verdicts = Verdicts(scope)
        self.printed_forms = PrintedForms(scope)

    @classmethod
    def on(
        cls, connection: Connection, files: FileStore, actor: str | None, now: datetime | None, end: ChainEnd
    ) -> Transaction:
        """``actor`` and ``now`` are None where it only reads; ``end``: the audit chain's, shared by who acts in it."""
        audit = AuditLog(connection, actor, now, end)
        return cls(Scope(connection, actor, now, audit), files, end)

    def acting(self, actor: str, now: datetime) -> Transaction:
        """The same transaction in another's name and at another moment: what is made up at once can have a past.

        Raises ReadOnly.
        """
        _ = self.now
        if now.tzinfo is None:
            raise ValueError("now needs its time zone")
        return Transaction.on(self._scope.connection, self._bytes, actor, now.astimezone(UTC), self._end)

    @property
    def only_reads(self) -> bool:
        """Whether everything it sees is durable: no write of its own, and none to come."""
        return self._scope.now is None

    @property
    def now(self) -> datetime:
        """The moment of its writes. Raises ReadOnly where it only reads."""
        if self._scope.now is None:
            raise ReadOnly("只读事务中不能写入。")
        return self._scope.now


class Store:
    """An open store. Threads may share it; `close` it when done (or use it as a context manager)."""

    def __init__(self, engine: Engine, files: FileStore, var: Path, lock: StoreLock) -> None:
        self.engine, self.files, self.var = engine, files, var
        self._lock = lock
        self._reading, self._writing, self._glancing = for_reading(engine), for_writing(engine), for_glancing(engine)
        self._opened = OpenedFile.of(engine)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """See one moment's state; writing methods raise ReadOnly. Raises SaveFailed, StoreMissing."""
        self._opened.must_be_there()
        with in_words("数据读取失败", writing=False), self._reading.begin() as connection:
            yield Transaction.on(connection, self.files, None, None, ChainEnd())

    @contextmanager
    def glance(self) -> Iterator[Transaction]:
        """`read` for one single question, which needs no transaction: two of them may see two moments."""
        self._opened.must_be_there()
        with in_words("数据读取失败", writing=False), self._glancing.connect() as connection:
            yield Transaction.on(connection, self.files, None, None, ChainEnd())

    @contextmanager
    def write(self, actor: str, now: datetime, *, patience: float | None = None) -> Iterator[Transaction]:
        """Read and write with nobody in between. Durable once the block is left; any error leaves nothing.

        ``actor`` = username or "system"; ``now`` aware; ``patience``: seconds to wait for other writers. Raises
        SaveFailed where the database refuses, StoreMissing where its file is gone.
        """
        if now.tzinfo is None:
            raise ValueError("now needs its time zone")
        self._opened.must_be_there()
        writing = self._writing if patience is None else for_writing(self.engine, patience)
        with in_words("未保存"), writing.begin() as connection:
            # SQLite has begun immediately; elsewhere writers stand in line here, and the audit chain never forks.
            stands = connection.execute(select(audit_head.c.seq, audit_head.c.hash).with_for_update()).one()
            end = ChainEnd(AuditHead(*stands))
            yield Transaction.on(connection, self.files, actor, now.astimezone(UTC), end)
            self._opened.must_be_there()  # a file unlinked meanwhile would take the commit and nobody would find it

    @contextmanager
    def jot(self, now: datetime) -> Iterator[Transaction]:
        """Read, and write drafts only: nothing audited, so nobody stands in line for the audit chain's end.

        Durable once the block is left. Raises SaveFailed; ReadOnly where anything but a draft is written.
        """
        if now.tzinfo is None:
            raise ValueError("now needs its time zone")
        with in_words("未暂存"), self._writing.begin() as connection:
            yield Transaction.on(connection, self.files, None, now.astimezone(UTC), ChainEnd())

    def close(self) -> None:
        """Let go of connections and lock."""
        self.engine.dispose()
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(url: str | None = None, var: Path = Path("var"), *, create: bool = True) -> Store:
    """The store of ``url``, else of DATABASE_URL, else the embedded one, ``var/store.db``. Files lie in ``var/files``.

    The embedded store is made and migrated as needed; a shared database is only checked (``python -m storage init``
    migrates it). With ``create=False`` an absent store raises StoreMissing. Also raises BadDatabaseUrl, StoreNewer,
    StoreOutdated, StoreInUse, SaveFailed.
    """
    url = url or database_url()
    embedded = url is None
    path = var / DATABASE
    if embedded and not create and not path.is_file():
        raise StoreMissing(f"没有找到数据：{path}。请检查目录，或先运行：python -m storage init")
    engine = make_engine(embedded_url(path) if url is None else url)
    lock = StoreLock(var, alone=False)
    try:
        with in_words("数据打不开"):
            if engine.dialect.name == "sqlite":
                schema.upgrade(engine)
            else:
                schema.require_current(engine)
    except BaseException:
        lock.release()
        raise
    return Store(engine, FileStore(var / FILES), var, lock)


@contextmanager
def in_words(what: str, *, writing: bool = True) -> Iterator[None]:
    """The database's own errors as ours, so that callers need not know SQLAlchemy."""
    try:
        yield
    except IntegrityError as refusal:
        raise SaveFailed(f"{what}：与已有数据不符（{refusal.orig}）。", writing=writing) from refusal
    except (DBAPIError, PoolTimeout) as refusal:
        trouble = trouble_of(refusal)
        raise SaveFailed(f"{what}：{words_of(trouble, refusal)}", trouble, writing=writing) from refusal

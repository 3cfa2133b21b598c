"""The store: what people entered, who did what when, and the files they attached. No rule, no permission, no clock.

    store = open_store()                          # var/store.db, or DATABASE_URL; migrates the embedded store
    with store.read() as tx: ...                  # one moment's state
    with store.write("zhang", now) as tx: ...     # nobody in between; durable when left; any error leaves nothing
    tx.acting("li", earlier)                      # the same one in another's name: what is made up can have a past

Files first: ``sha = store.files.put(stream, max_bytes=…)`` keeps the bytes, then ``tx.files.register(…)``.

A transaction's repositories (rows are frozen dataclasses of `storage.records`; moments aware UTC, days dates):

- ``accounts``: ``add(username=…, display_name=…, password_hash=…, role=…, division_code=…, unit=,
  must_change_password=, demo=)``, ``change(id, display_name= role= division_code= unit= disabled=
  predecessors=)``,
  ``set_password(id, hash, must_change=)``, ``get``, ``by_username``, ``all(division_prefix=)``,
  ``divisions(role, division_prefix)``
- ``sessions``: ``add(token_hash, account_id, expires_at)``, ``get``, ``with_account(token_hash)``, ``touch``,
  ``revoke``, ``revoke_all(account_id, but=)``, ``prune(before)``
- ``attempts``: ``add(username, address, succeeded=)``, ``failures_of_name(username, since)``,
  ``failures_of_address(address, since)``, ``failures_of_pair(username, address, since)``,
  ``failures_of_strangers(username, since)``, ``all_failures_of_name(username, since)``, ``came_from(username,
  address)``, ``failing_addresses(username, since, least)``, ``failures_by_name(usernames, since)``,
  ``failure_times(username, since)``, ``forget(account_id, usernames, uncounted=)``,
  ``prune(before, successes_before=)``
- ``rounds``: ``add(id=, title=, standards=, fingerprints=, period_first=, period_last=, apply_by=, recommend_by=,
  quota_per_prefecture=, demo=, policies=, second_reviewer=)``, ``change(id, title= apply_by= recommend_by=
  quota_per_prefecture= second_reviewer=)``, ``begin_repin(id, fingerprints, reason, policies)``, ``repin`` (the same),
  ``keep_policies(id, policies)``, ``close``, ``get``, ``all``
- ``pinned_standards``: ``keep(standard_id, fingerprint, text)``, ``text(fingerprint)``, ``all()``: what rounds judge
  by; ``pinned_policies``: the same of the policy documents their local answers were given to
- ``submissions``: ``add(round_id=, division_code=, division_name=, state=)``, ``get``, ``find(round_id,
  division_code)``, ``repinned(id)``, ``all(round_id=, division_prefix=, states=)``
- ``reviewers``: ``put(record, level, {section: username}, why=)``: who of a level has the county, or sections of it
- ``moves``: ``add(submission_id, move=, to_state=, expected_version=, reason=)`` changes the state and records it,
  ``all``
- ``returns``: ``add(submission_id, level=, items=[ReturnItem…], reason=, due=)``, ``close(return_id)``, ``all``,
  ``open_one``
- ``entries``: ``put(submission_id, kind, key, body, expected_version)``, ``add_all(submission_id, bodies)`` for many
  new ones, ``remove(submission_id, kind, key, expected_version)``, ``get``, ``all``, ``of_many``,
  ``history(submission_id, kind=None, key=None, since=None)``.
  ``body`` is the exchange-file fragment: None, bool, int, Decimal, text, lists and dicts of these; never a float
- ``files``: ``register(submission_id, sha256, name=, media_type=)``, ``get(submission_id, sha256)``, ``all``,
  ``remark(sha256, remarks)``, ``remarks(digests)``: what reading their text gave
- ``verdicts``: ``keep([KeptVerdicts…])``, ``drop(submission_id, places)``, ``of(submission_id)``,
  ``at(level, round_id=, division_prefix=)``, ``by()``: what judging gave, for lists; not audited, it follows from the
  entries
- ``audit``: every write above has its chained entry, written by the repository itself (what is exempt says so in its
  docstring); ``append(act, subject, detail, submission_id=None)`` for acts that are no row (`storage.acts`),
  ``entries(…)``, ``head()``, ``verify()`` → the first broken link or None

Errors (`storage.errors`, all StoreError, ``str()`` in Chinese for users): VersionConflict (``.current``), SaveFailed,
AlreadyExists, NotThere, ReadOnly, FileTooLarge; on opening StoreMissing, StoreNewer, StoreOutdated, StoreInUse.

Care, also ``python -m storage init|backup|restore|verify``: `storage.care.integrity.inspect_store`,
`storage.care.backup.make_backup`, `storage.care.restore.restore_backup`. Subcommands that need more than the store are
`storage.cli.Command` values put together in ``__main__.py``, the one file here that may import from above.

"""

from storage.errors import (
    AlreadyExists,
    BackupRefused,
    FileTooLarge,
    NotThere,
    ReadOnly,
    SaveFailed,
    StoreError,
    StoreInUse,
    StoreMissing,
    StoreNewer,
    StoreOutdated,
    VersionConflict,
)
from storage.file_store import FileStore
from storage.records import (
    Account,
    AuditEntry,
    Entry,
    EntryVersion,
    FileRecord,
    Move,
    Return,
    ReturnItem,
    RoundRecord,
    Session,
    SubmissionRecord,
)
from storage.repositories.audit import AuditFault, AuditHead
from storage.store import Store, Transaction, open_store

__all__ = [
    "Account",
    "AlreadyExists",
    "AuditEntry",
    "AuditFault",
    "AuditHead",
    "BackupRefused",
    "Entry",
    "EntryVersion",
    "FileRecord",
    "FileStore",
    "FileTooLarge",
    "Move",
    "NotThere",
    "ReadOnly",
    "Return",
    "ReturnItem",
    "RoundRecord",
    "SaveFailed",
    "Session",
    "Store",
    "StoreError",
    "StoreInUse",
    "StoreMissing",
    "StoreNewer",
    "StoreOutdated",
    "SubmissionRecord",
    "Transaction",
    "VersionConflict",
    "open_store",
]

"""The account of a Streamlit session: another account that knows its id must not reach its uploaded files."""

from __future__ import annotations

from streamlit import runtime

UPLOADS = "/_stcore/upload_file/"


def account_of(session_id: str) -> str | None:
    """The account the gate named when this session's websocket opened; None for one that is not connected."""
    client = runtime.get_instance().get_client(session_id) if runtime.exists() else None
    context = client.client_context if client is not None else None
    if context is None:
        return None
    return next((value for name, value in context.headers if name.lower() == "x-dc-account"), None)


def foreign_upload(path: str, account_id: int) -> bool:
    """Whether this address is the upload store of a session that is not this account's."""
    if not path.startswith(UPLOADS):
        return False
    return account_of(path.removeprefix(UPLOADS).partition("/")[0]) != str(account_id)

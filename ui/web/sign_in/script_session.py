"""Whose page a Streamlit session is: its id alone must not let another person put files into it or take them out."""

from __future__ import annotations

from streamlit import runtime

UPLOADS = "/_stcore/upload_file/"


def account_of(session_id: str) -> str | None:
    """The account the gate named when this session's websocket opened; None for one that is not connected."""
    client = runtime.get_instance().get_client(session_id) if runtime.exists() else None
    if client is None:
        return None
    return next((value for name, value in client.client_context.headers if name.lower() == "x-dc-account"), None)


def foreign_upload(path: str, account_id: int) -> bool:
    """Whether this address is the upload store of a session that is not this account's."""
    if not path.startswith(UPLOADS):
        return False
    return account_of(path.removeprefix(UPLOADS).partition("/")[0]) != str(account_id)

"""What ``python -m templates`` prints from the store, and in what way. The rest of `workflow` is loaded when asked.

Whoever runs the command on the server reads the whole store; in the app each person's rights decide.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.arguments import UsageError
from indicators.installation import data_folder
from templates.documents.model import Ending, RenderedDocument
from templates.documents.registry import DocumentKind

if TYPE_CHECKING:
    from workflow.office import Office

FromStore = Callable[["Office", Namespace, Ending], RenderedDocument]


def add_store(parser: ArgumentParser) -> None:
    """``--var``."""
    parser.add_argument(
        "--var", type=Path, default=data_folder(), help="数据目录；默认为环境变量 DATA_DIR 所指的，没有设置为 var"
    )


def from_store(make: FromStore) -> Callable[[Namespace, Ending], RenderedDocument]:
    """Makes a document with an office on the store of ``--var``; what that refuses becomes a line for the user."""

    def made(options: Namespace, ending: Ending) -> RenderedDocument:
        from storage.errors import StoreError  # noqa: PLC0415 - the store is loaded only for what needs it
        from workflow.commands.opening import office_of  # noqa: PLC0415 - likewise
        from workflow.errors import Refused  # noqa: PLC0415 - likewise

        try:
            with office_of(options, create=False) as office:
                return make(office, options, ending)
        except (Refused, StoreError) as refused:
            raise UsageError(str(refused)) from refused

    return made


STORE_DOCUMENTS: tuple[DocumentKind, ...] = ()

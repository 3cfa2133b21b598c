"""The files behind the register's documents: kept by `workflow.submission.uploads`, served by an authorising route."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from scoring.submission import EvidenceItem
from storage.clock import now
from ui import navigation
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.document_fields import DOCUMENT
from ui.components.review.answer_given import file_address
from workflow.file_text.register import files_told, texts_told
from workflow.submission.uploads import ACCEPTED, MAX_BYTES, Upload, attach_file

_TYPES = ACCEPTED.split("、")


class StoredFiles:
    """A `ui.components.forms.document_fields.FileSlot` of one submission."""

    def __init__(self, forms: StoredForms) -> None:
        self.forms = forms

    def show(self, item_id: str | None, item: EvidenceItem, key: str) -> str:
        """The link to the file that is there, and the uploader."""
        address = None if item_id is None else self.address(item_id, item)
        if self.lacks(item):
            st.html(f'<p class="dc-unsaved dc-verbatim">文件未上传：{verbatim.markup(item.file or "没有文件名")}</p>')
        if address is not None:
            st.html(
                f'<p class="dc-verbatim">已有文件：<a href="{verbatim.markup(address)}" target="_blank" rel="noopener">'
                f"{verbatim.markup(item.file or '下载')}</a></p>"
            )
        st.file_uploader(
            f"附上文件（可不附）：{ACCEPTED}，每个不超过{MAX_BYTES // 1024 // 1024}MB，超过的不会保存。"
            "照片的拍摄信息会去掉；文字中有身份证号、手机号的不保存"
            "（图片、扫描件和 doc、xls 查不到，请自行确认）。",
            type=[*_TYPES, "jpeg"],
            key=key,
        )
        chosen = st.session_state.get(key)
        return "" if chosen is None else str(chosen.name)

    def take(self, item_id: str, key: str) -> tuple[str, str] | None:
        """Keep the chosen file and let go of the bytes. Raises Refused."""
        chosen = st.session_state.get(key)
        if chosen is None:
            return None
        upload = Upload(item_id, chosen.name, chosen.getvalue())
        attached = attach_file(self.forms.office, self.forms.person, self.forms.id, upload, now())
        return attached.name, attached.sha256

    def address(self, item_id: str, item: EvidenceItem) -> str | None:
        """The route's address, under this entry's own name; None for a document without a file."""
        return file_address(self.forms, item_id, item)

    def form_address(self, item_id: str) -> str:
        """The register, with this document's form open."""
        return f"/{navigation.REGISTER.path}?{urlencode({'s': self.forms.id, DOCUMENT: item_id})}"

    def lacks(self, item: EvidenceItem) -> bool:
        """Whether the entry names a file that nobody uploaded."""
        return item.sha256 is not None and item.sha256 not in self.forms.snapshot.held_files

    def told(self) -> tuple[str, ...]:
        """Sentences on documents and files that may name somebody, or that nobody could look into."""
        snapshot, register = self.forms.snapshot, self.forms.snapshot.content.evidence
        texts = snapshot.once("told of the register's texts", lambda: texts_told(register))
        return (*texts, *files_told(self.forms.office, register, snapshot.held_files))

    def is_own(self, item_id: str) -> bool:
        """Whether the person registered the document."""
        return item_id in self.forms.snapshot.context.own_evidence

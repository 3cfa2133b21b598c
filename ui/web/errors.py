"""When a page script fails: the log gets everything, the reader a Chinese sentence and a number to quote."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

logger = logging.getLogger(__name__)


def on_script_error(error: Exception) -> bool:
    """Log the error under a short random number and show that number; True tells Streamlit that it has been shown."""
    number = secrets.token_hex(4)
    logger.error("page script failed, number %s", number, exc_info=error)
    st.error(f"本页出现故障，刚才的操作可能没有完成。请刷新页面重试；仍不行时，把故障编号 {number} 告诉系统管理员。")
    return True

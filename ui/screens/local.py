"""地方文件对照: the county's figures beside its local policy documents."""

from __future__ import annotations

from ui.components.county.opening import opened_forms
from ui.components.local.page import local_page

local_page(opened_forms())

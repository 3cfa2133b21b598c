"""工作台: the first page of every role."""

from __future__ import annotations

from ui.components.workbench.workbench import show_workbench
from ui.identity import current_person

show_workbench(current_person())

"""导入导出: the exchange file out of and into the store."""

from __future__ import annotations

from ui.components.case.package_download import package_download
from ui.components.county.exchange import exporting, importing
from ui.components.county.opening import opened_forms
from ui.components.county.townships import townships
from ui.components.workbench.carried import offer

forms = opened_forms()
offer(forms)
exporting(forms)
package_download(forms)
importing(forms)
townships(forms)

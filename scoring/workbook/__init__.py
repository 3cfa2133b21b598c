"""The workbook to fill in offline, in WPS, Excel or LibreOffice: drawn from a submission, read back into one."""

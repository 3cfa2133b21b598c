"""操作日志: reading the audit log, in an official's words."""

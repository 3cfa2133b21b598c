"""The database itself: engine, tables, schema version, lock."""

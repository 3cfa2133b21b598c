"""Beginning from what the county said in an earlier round; each value waits to be confirmed."""

"""The procedure: the transition table, its guards, moving, findings, opinions."""

"""Across submissions: what waits for whom, how far each county is, what is missing."""

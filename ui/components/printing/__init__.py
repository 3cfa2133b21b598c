"""Printing: what is asked of a paper, how far it is, its pages, and where to fetch it."""

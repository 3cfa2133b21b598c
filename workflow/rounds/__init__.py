"""Rounds and the rules they pin."""

"""Printed rules and the local comparison: running text and tables over many pages."""

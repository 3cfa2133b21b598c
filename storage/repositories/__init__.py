"""Rows in and out, an audit entry beside each write."""

"""Accounts, passwords, signing in."""

"""What administrators work with: rounds, accounts, the audit log."""

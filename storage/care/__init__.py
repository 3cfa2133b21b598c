"""Care of the store: backup, restore, verification."""

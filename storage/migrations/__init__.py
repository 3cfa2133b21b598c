"""Alembic migrations, oldest first in `versions/`; each stands on its own and imports nothing of the tables."""

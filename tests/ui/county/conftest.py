"""The demonstration's store for the county's pages."""

from tests.ui.seeded_store import office

__all__ = ["office"]

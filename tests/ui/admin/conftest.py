"""The demonstration's store for the administrators' screens."""

from tests.ui.seeded_store import office

__all__ = ["office"]

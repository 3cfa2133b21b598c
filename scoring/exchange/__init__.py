"""The submission file: reading it with places, and writing it back."""

from scoring.exchange.reading import read_submission_file
from scoring.exchange.writing import write_submission

__all__ = ["read_submission_file", "write_submission"]

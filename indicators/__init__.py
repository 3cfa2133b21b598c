"""The rules as data, and their reader."""

from indicators.library import load_library
from indicators.reading.problems import Problem, ProblemsError

__all__ = ["Problem", "ProblemsError", "load_library"]

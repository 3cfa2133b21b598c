"""The rules as data, and their reader."""

from indicators.problems import Problem, ProblemsError

__all__ = ["Problem", "ProblemsError"]

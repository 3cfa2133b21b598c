"""Where words stand in a text, all of them found in one pass however they overlap: as Aho and Corasick (1975) do it."""

from __future__ import annotations

from collections.abc import Iterable


def covering_start(text: str, words: Iterable[str]) -> list[int]:
    """For every end ``0 … len(text)``, the smallest start of an occurrence that reaches it (``len(text)``: none does).

    So a stretch lies inside one occurrence exactly where ``covering_start[its end] <= its start``. Time grows with the
    characters of text and words, not with how often the words occur.
    """
    steps, longest, back = _automaton(words)
    reached = [len(text)] * (len(text) + 1)
    state = 0
    for end, letter in enumerate(text, start=1):
        state = _next(steps, back, state, letter)
        if longest[state]:
            reached[end] = end - longest[state]
    for end in range(len(text) - 1, -1, -1):
        reached[end] = min(reached[end], reached[end + 1])
    return reached


_Steps = dict[tuple[int, str], int]


def _automaton(words: Iterable[str]) -> tuple[_Steps, list[int], list[int]]:
    """A state for every beginning of a word: its steps, the longest word it ends with, the state to fall back to."""
    steps: _Steps = {}
    longest, letters = [0], [0]  # of each state, as is ``letters``: how many it has read
    for word in words:
        state = 0
        for letter in word:
            if (state, letter) not in steps:
                steps[state, letter] = len(longest)
                longest.append(0)
                letters.append(letters[state] + 1)
            state = steps[state, letter]
        longest[state] = len(word)
    back = [0] * len(longest)
    for (state, letter), following in sorted(steps.items(), key=lambda step: letters[step[1]]):
        if state:
            back[following] = _next(steps, back, back[state], letter)
        longest[following] = longest[following] or longest[back[following]]
    return steps, longest, back


def _next(steps: _Steps, back: list[int], state: int, letter: str) -> int:
    while state and (state, letter) not in steps:
        state = back[state]
    return steps.get((state, letter), 0)

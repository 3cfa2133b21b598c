"""一致性: how a level rules the same row across counties and reviewers, and what is out of line."""

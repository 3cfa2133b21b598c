"""The forms of a submission, their save and its notice, conflicts and refusals."""

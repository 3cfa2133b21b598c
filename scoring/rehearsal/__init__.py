"""What other rules would do to a submission's verdicts, and why."""

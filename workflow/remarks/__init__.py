"""What reviewers and the county say beside findings and answers: doubts, notes, explanations of warnings."""

"""What reviewers work with: a submission read through, findings, visits, opinions, decisions."""

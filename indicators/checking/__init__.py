"""What an author of rules may get wrong, each check with a sentence that says what to write."""

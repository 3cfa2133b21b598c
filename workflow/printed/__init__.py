"""What has been printed: the check codes of forms, kept, and asked about by whoever holds the paper."""

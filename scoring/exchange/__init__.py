"""The submission file: reading it with places, and writing it back."""

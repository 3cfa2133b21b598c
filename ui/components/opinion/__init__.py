"""推荐意见: its form, the opinion as given, and the sealed scan beside it."""

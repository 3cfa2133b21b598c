"""The gate, the session cookie, signing in and out."""

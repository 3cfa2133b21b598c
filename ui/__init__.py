"""Screens, their components and the web layer around them (DESIGN §2). No rule is decided here."""

"""The opened submission on the screen, of no side."""

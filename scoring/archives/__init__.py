"""ZIP archives that come from outside, read with care; the exchange package."""

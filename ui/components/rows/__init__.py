"""How an indicator's row, its verdict and progress look."""

"""The rules to be read: the standards, the documents behind them, and what is found in both."""

"""The county's pages: its submission in the store, forms, register, returns, government opinion, exchange."""

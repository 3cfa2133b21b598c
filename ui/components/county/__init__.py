"""What the county's people work with: their submission in the store, its forms, its register, its way on."""

"""Documents made from the store: contents filled for a person or an operator, and their commands."""

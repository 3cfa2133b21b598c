"""实地评估: what a record and a plan of a visit must hold, and which rows a visit saw."""

"""存疑 and 备注 of a review level, at a row and all of a submission's."""

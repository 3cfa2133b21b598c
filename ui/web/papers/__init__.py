"""Routes to evidence files and printed papers; `workflow` decides who may have them."""

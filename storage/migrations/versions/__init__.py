"""One file per migration, `NNNN_what_it_does.py`."""

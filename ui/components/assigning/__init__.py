"""分工: who answers which row and which local commitment."""

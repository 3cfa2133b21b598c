"""评审分工: a reviewing office divides its counties."""

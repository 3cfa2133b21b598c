"""地方文件对照: a county's figures beside what its local policy documents promise. Advisory throughout."""

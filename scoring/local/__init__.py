"""地方文件对照: local commitments beside the county's figures; advice, never a verdict."""

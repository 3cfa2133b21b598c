"""矩阵: the area's counties by indicators, pictures of them, and their tiles by stage."""

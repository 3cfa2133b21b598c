"""材料登记: the register of documents as a table, the form of one document, files."""

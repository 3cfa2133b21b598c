"""Documents as data: a layout's words and order, filled with contents, rendered as PDF, DOCX and XLSX."""

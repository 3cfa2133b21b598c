"""DOCX files: fonts that officials have, Chinese paragraphs, ruled tables; the same content gives the same bytes."""

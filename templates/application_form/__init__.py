"""The 申报表: its layout as data, what goes on which page, drawing, check sheet."""

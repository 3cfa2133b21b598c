"""Tables as XLSX and CSV: written for programs like WPS, Excel and LibreOffice, and opened with care."""

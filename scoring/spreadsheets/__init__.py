"""Tables as XLSX, CSV and Parquet: written for programs like WPS, Excel and LibreOffice, and opened with care."""

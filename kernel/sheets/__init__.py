"""Tables that people bring as files: CSV in any usual dress, and XLSX."""

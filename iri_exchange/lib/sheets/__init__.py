"""CSV and XLSX ↔ rows. Hostile files end in SheetError with a Japanese sentence; formulas stay text.

A text that a spreadsheet would run as a formula is written to CSV with one ' before it, and the reader
takes exactly one off again, so that what we write comes back as it was.
"""

from iri_exchange.lib.sheets.model import Cell, Row, Sheet, SheetError, text_of
from iri_exchange.lib.sheets.reading import read
from iri_exchange.lib.sheets.writing import write_csv, write_xlsx

__all__ = ["Cell", "Row", "Sheet", "SheetError", "read", "text_of", "write_csv", "write_xlsx"]

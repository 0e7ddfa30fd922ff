"""Spreadsheets: read safely into rows of words, written (`chithi.sheets.writing`) as workbooks and separated values."""

from chithi.sheets.reading import DEFAULT, Limits, Sheet, read

__all__ = ["DEFAULT", "Limits", "Sheet", "read"]

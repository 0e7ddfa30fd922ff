"""Spreadsheets: read safely into rows of words, written as workbooks and as separated values. Pure."""

from chithi.sheets.reading import DEFAULT, Limits, Sheet, read

__all__ = ["DEFAULT", "Limits", "Sheet", "read"]

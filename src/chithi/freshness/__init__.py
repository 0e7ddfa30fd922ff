"""Dirty marks: what was saved and not yet carried up. A mark is written in the transaction of the save."""

"""Dressing what was read for the templates: words, addresses, shapes. No queries of its own beyond names."""

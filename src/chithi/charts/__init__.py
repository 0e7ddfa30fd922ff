"""Pictures of figures: descriptions as plain facts, drawn once as SVG for pages and as PNG for Word. Pure.

Knows no language: every word in a description was written by whoever made it.
"""

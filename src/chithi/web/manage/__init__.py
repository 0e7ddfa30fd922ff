"""Administration: one module an area, each with its views; `sections` lists them on the first page."""

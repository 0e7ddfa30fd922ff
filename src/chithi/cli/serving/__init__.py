"""Serving an installation: one supervisor, a web process and a worker that keeps totals fresh."""

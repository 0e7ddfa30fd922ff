"""Duties that regulations lay down and units report on; shortcomings, and the tasks by which they are remedied."""

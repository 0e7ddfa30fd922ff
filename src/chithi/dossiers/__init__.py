"""The file of a unit on a directive: what must be in it, what is; and the helper section that keeps it."""

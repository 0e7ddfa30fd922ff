"""Tasks: who does what by when, under which document."""

"""My work: what a person must do next across all concepts, and being told of it in time."""

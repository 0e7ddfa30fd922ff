"""Work done later by a worker on the database: asked for once, done once, tried again, shown where it fails."""

"""Files that somebody brings: told by what they hold, without what they give away, kept once under their hash."""

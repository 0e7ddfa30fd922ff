"""Imports and exports: sheets of units, people and posts, tried first, then applied whole or not at all."""

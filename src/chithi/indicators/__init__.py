"""How a number lives: measures, indicators, figures, totals, traces. See docs/map.md and SPINE in the design."""

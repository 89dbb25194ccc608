"""Roads to people: one folder per provider, and the renderers for each medium."""

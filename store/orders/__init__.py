"""Orders: how they are placed, moved, paid, changed and ended."""

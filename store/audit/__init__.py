"""Who of the staff did what, to what, from where, and what it changed."""

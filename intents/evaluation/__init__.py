"""Measures how well the engine understands: sets of messages with their frames, and what is counted."""

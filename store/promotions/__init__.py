"""What a shop takes off for a while: who gets it, on what, when, and how often."""

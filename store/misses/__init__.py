"""What was asked for in vain: heard in the turn, counted by the clock, and put to the seller."""

"""Scores of sellers and riders over the last weeks, reckoned once a night for all of them together."""

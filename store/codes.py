"""The codes that products answer to on USSD, posters and links."""

CODES = range(1, 1000)

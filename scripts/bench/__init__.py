"""How fast the server is, always beside a yardstick in the same run: `make bench`."""

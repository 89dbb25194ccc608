"""What can go wrong with the books."""


class StoreError(Exception):
    """The base of the package's errors."""

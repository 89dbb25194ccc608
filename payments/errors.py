"""What can go wrong between us and a payment provider."""


class PaymentError(Exception):
    """A rail gave no usable answer. What a rail says about the money itself is a value, not an error.

    `permanent`: the rail refuses us (wrong credentials, say), trying again changes nothing.
    `unknown`: the request left and no answer came, so it may have been taken. `code` is the provider's
    own word. `retry_after` is in seconds, when the provider named it.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        unknown: bool = False,
        code: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.unknown = unknown
        self.code = code
        self.retry_after = retry_after

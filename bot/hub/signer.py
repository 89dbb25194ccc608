"""Who has signed a request, of those who may have."""

from collections.abc import Iterable

from channels.channel import Account, Channel, ForgedError, WebRequest


def signer(channel: Channel, asked: WebRequest, candidates: Iterable[Account]) -> Account:
    """The first whose signature it is. Raises ForgedError when it is nobody's."""
    for account in candidates:
        try:
            channel.verify(asked, account)
        except ForgedError:
            continue
        return account
    raise ForgedError("signed by nobody here")

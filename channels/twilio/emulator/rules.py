"""What Twilio does not take, and with which code of channels.twilio.codes it says so."""

from collections.abc import Collection, Mapping

from channels.phone import e164
from channels.twilio.webhook import WHATSAPP

BODY_LIMIT = 1600


def fault_in(form: Mapping[str, str], opted_out: Collection[str]) -> int | None:
    """The error code of a request that Twilio would not take; None for a good one."""
    sender, to = form.get("From", ""), form.get("To", "")
    if not to:
        return 21604
    if not sender:
        return 21603
    if sender.startswith(WHATSAPP) != to.startswith(WHATSAPP):
        return 63007 if to.startswith(WHATSAPP) else 21211
    if e164(to.removeprefix(WHATSAPP)) != to.removeprefix(WHATSAPP):
        return 21211
    if not form.get("Body") and not form.get("MediaUrl"):
        return 21619
    if len(form.get("Body", "")) > BODY_LIMIT:
        return 21617
    return 21610 if to in opted_out else None

"""Twilio's error codes and message statuses.

Source: Twilio, "Error and Warning Dictionary"; "Messages resource", message status values; "List of
Corresponding Twilio and WhatsApp Error Codes".
"""

from collections.abc import Mapping

from channels.channel import ReceiptStatus
from channels.fault import Fault

# The words could have been sent alone.
PICTURE_FAULTS = frozenset({21620, 63019, 63025, 63034})

ERRORS: Mapping[int, Fault] = {
    20001: Fault(True, "Twilio cannot read the request"),
    20003: Fault(False, "the account SID or auth token is wrong"),
    20005: Fault(False, "the Twilio account is not active"),
    20404: Fault(True, "the account or resource does not exist"),
    20429: Fault(False, "too many requests at once"),
    20500: Fault(False, "an error inside Twilio"),
    20503: Fault(False, "Twilio is not available"),
    21211: Fault(True, "the recipient's number is not valid"),
    21212: Fault(True, "the sending number is not valid"),
    21217: Fault(True, "the recipient's number is not valid"),
    21219: Fault(True, "a trial account may only write to verified numbers"),
    21265: Fault(True, "the recipient cannot be a shortcode"),
    21266: Fault(True, "sender and recipient are the same number"),
    21408: Fault(True, "the account may not send to this country"),
    21602: Fault(True, "the message has no text"),
    21603: Fault(True, "the sending number is missing"),
    21604: Fault(True, "the recipient's number is missing"),
    21605: Fault(True, "the text is too long"),
    21606: Fault(True, "the sending number cannot send SMS from this account"),
    21608: Fault(True, "a trial account may only write to verified numbers"),
    21609: Fault(True, "the status callback address is not valid"),
    21610: Fault(True, "the person sent STOP to this number"),
    21611: Fault(False, "too many messages are waiting for this number"),
    21612: Fault(True, "there is no way from this sender to this number"),
    21614: Fault(True, "the recipient's number is not a mobile"),
    21617: Fault(True, "the text is longer than 1,600 characters"),
    21619: Fault(True, "the message has neither text nor picture"),
    21620: Fault(True, "the picture's address is not valid"),
    21623: Fault(True, "too many pictures in one message"),
    21635: Fault(True, "the recipient's number is a landline"),
    21654: Fault(True, "the template is missing"),
    21655: Fault(True, "the template is not valid"),
    21656: Fault(True, "the template's values are not valid"),
    21657: Fault(True, "the sender name is not allowed there"),
    21659: Fault(True, "the sending number is not a Twilio number"),
    21660: Fault(True, "the sending number belongs to another account"),
    21661: Fault(True, "the sending number cannot send SMS"),
    21703: Fault(True, "the messaging service has no number"),
    21730: Fault(False, "Twilio is under maintenance"),
    30001: Fault(False, "too many messages are waiting"),
    30002: Fault(False, "the Twilio account is suspended"),
    30003: Fault(False, "the phone is off or out of reach"),
    30004: Fault(True, "the person or the network blocks this message"),
    30005: Fault(True, "nobody has this number"),
    30006: Fault(True, "a landline, or a network that cannot be reached"),
    30007: Fault(True, "the network filtered the message"),
    30008: Fault(False, "the network gave no reason"),
    30009: Fault(False, "a part of the message got lost"),
    30010: Fault(True, "the message costs more than allowed"),
    30017: Fault(False, "the network is congested"),
    30018: Fault(True, "the destination asks for a registered sender"),
    30019: Fault(True, "the network found the message too large"),
    30022: Fault(False, "the network's rate for this sender is used up"),
    30023: Fault(False, "the network's daily limit for this sender is used up"),
    30024: Fault(True, "the sender is not set up at the network"),
    30036: Fault(False, "the message waited too long and expired"),
    30038: Fault(True, "the network blocks one-time codes from this sender"),
    30039: Fault(True, "Twilio stopped a loop of messages"),
    30044: Fault(True, "a trial account's message is too long"),
    30450: Fault(True, "a duplicate that Twilio did not send again"),
    30453: Fault(True, "Twilio blocked the message as likely fraud"),
    63001: Fault(False, "WhatsApp did not accept the sender's sign-in"),
    63002: Fault(True, "the sender is not set up on WhatsApp"),
    63003: Fault(True, "the recipient is not on WhatsApp"),
    63005: Fault(True, "WhatsApp did not accept the content"),
    63007: Fault(True, "this sender is no WhatsApp sender of the account"),
    63008: Fault(True, "the WhatsApp sender is wrongly set up"),
    63009: Fault(False, "WhatsApp answered with an error"),
    63010: Fault(False, "an error inside Twilio"),
    63012: Fault(False, "an error inside WhatsApp"),
    63013: Fault(True, "the message breaks a rule of WhatsApp"),
    63014: Fault(True, "the person blocked this sender"),
    63015: Fault(True, "the person has not joined the sandbox"),
    63016: Fault(True, "outside the 24-hour window only templates may be sent"),
    63017: Fault(False, "WhatsApp's rate for this account is used up"),
    63018: Fault(False, "WhatsApp's rate for this sender is used up"),
    63019: Fault(True, "the picture could not be fetched"),
    63020: Fault(False, "the WhatsApp business account has a problem, such as payment"),
    63021: Fault(True, "WhatsApp cannot show this content"),
    63022: Fault(True, "the sender's WhatsApp registration is not valid"),
    63023: Fault(False, "WhatsApp gave no reason"),
    63024: Fault(True, "the recipient cannot be written to on WhatsApp"),
    63025: Fault(True, "the picture was uploaded before"),
    63027: Fault(True, "the template does not exist in this language"),
    63028: Fault(True, "the template has another number of values"),
    63029: Fault(False, "the phone could not fetch the template"),
    63030: Fault(True, "a parameter that WhatsApp does not know"),
    63031: Fault(True, "sender and recipient are the same number"),
    63032: Fault(True, "WhatsApp limits messages to this person"),
    63033: Fault(True, "the recipient cannot be written to on WhatsApp"),
    63034: Fault(True, "the picture is too large or of an unknown kind"),
    63035: Fault(True, "the message cannot be sent on this channel"),
    63036: Fault(True, "the recipient cannot be reached on this channel"),
    63038: Fault(False, "the account's daily limit is used up"),
    63040: Fault(True, "the template was rejected"),
    63041: Fault(True, "the template is paused"),
    63042: Fault(True, "the template is disabled"),
    63049: Fault(True, "WhatsApp chose not to deliver this marketing message"),
    63051: Fault(True, "the WhatsApp business account is locked"),
    63112: Fault(True, "the WhatsApp business account was disabled"),
}

# "receiving" and "received" are of messages that came to us, and no receipts.
STATUSES: Mapping[str, ReceiptStatus] = {
    "accepted": ReceiptStatus.QUEUED,
    "scheduled": ReceiptStatus.QUEUED,
    "queued": ReceiptStatus.QUEUED,
    "sending": ReceiptStatus.QUEUED,
    "sent": ReceiptStatus.SENT,
    "delivered": ReceiptStatus.DELIVERED,
    "partially_delivered": ReceiptStatus.SENT,
    "read": ReceiptStatus.READ,
    "undelivered": ReceiptStatus.FAILED,
    "failed": ReceiptStatus.FAILED,
    "canceled": ReceiptStatus.FAILED,
}

# What Twilio writes into the status field of a message that came to us.
RECEIVED = frozenset({"received", "receiving"})


def fault(code: str | None) -> Fault | None:
    """The row of an error code as it comes in receipts, or None when the table lacks it."""
    return ERRORS.get(int(code)) if code and code.isdecimal() else None

"""The Cloud API's error codes and message statuses.

Source: Meta, WhatsApp Business Platform, "Error codes" (authorization, integrity, throttling and other
errors); "Status messages webhook reference", statuses; "Business-scoped user IDs" (131062).
"""

from collections.abc import Mapping

from channels.channel import ReceiptStatus
from channels.fault import Fault

# The person's 24-hour window is closed.
WINDOW_CLOSED = 131047
# Too many to one person, not too many from one number: nobody else need wait.
PAIR_RATE = 131056
# The words could have been sent alone.
PICTURE_FAULT = 131053

ERRORS: Mapping[int, Fault] = {
    0: Fault(False, "the access token is not valid any more"),
    1: Fault(False, "an error inside Meta"),
    2: Fault(False, "Meta is overloaded or down"),
    3: Fault(False, "the app lacks a permission"),
    4: Fault(False, "the app's rate of calls is used up"),
    10: Fault(False, "the app lacks a permission"),
    33: Fault(True, "the business phone number was deleted"),
    100: Fault(True, "Meta does not know a parameter of the request"),
    190: Fault(False, "the access token has expired"),
    200: Fault(False, "the app lacks a permission"),
    299: Fault(False, "the app lacks a permission"),
    368: Fault(False, "the WhatsApp business account is blocked for a while"),
    470: Fault(True, "outside the 24-hour window only templates may be sent"),
    80007: Fault(False, "the WhatsApp business account's rate is used up"),
    130429: Fault(False, "too many messages a second from this number"),
    130472: Fault(True, "the person is in an experiment of Meta's and gets no marketing"),
    130497: Fault(True, "the account may not write to people of this country"),
    131000: Fault(False, "an error inside Meta"),
    131005: Fault(False, "the app lacks a permission"),
    131008: Fault(True, "a parameter is missing"),
    131009: Fault(True, "a parameter's value is not valid"),
    131016: Fault(False, "Meta is overloaded or down"),
    131021: Fault(True, "sender and recipient are the same number"),
    131026: Fault(True, "the recipient cannot be written to on WhatsApp"),
    131030: Fault(True, "a test number may only write to the numbers on its list"),
    131031: Fault(False, "the WhatsApp business account is locked"),
    131037: Fault(False, "the number's display name is not approved yet"),
    131042: Fault(False, "the WhatsApp business account has a problem with its payment"),
    131045: Fault(False, "the phone number is not registered rightly"),
    WINDOW_CLOSED: Fault(True, "outside the 24-hour window only templates may be sent"),
    131048: Fault(False, "the number is limited because people blocked or reported it"),
    131049: Fault(True, "Meta chose not to deliver this message"),
    131050: Fault(True, "the person stopped marketing messages from this business"),
    131051: Fault(True, "WhatsApp does not know this kind of message"),
    131052: Fault(True, "what the person sent could not be fetched"),
    131053: Fault(False, "the picture could not be fetched or taken"),
    131055: Fault(True, "this cannot be done with this number"),
    PAIR_RATE: Fault(False, "too many messages to this person in a short time"),
    131057: Fault(False, "the WhatsApp business account is under maintenance"),
    131062: Fault(True, "this kind of message needs the person's phone number"),
    132000: Fault(True, "the template has another number of values"),
    132001: Fault(True, "the template does not exist in this language"),
    132005: Fault(True, "the template's text became too long"),
    132007: Fault(True, "the template breaks a rule of WhatsApp"),
    132012: Fault(True, "a value does not fit the template"),
    132015: Fault(True, "the template is paused"),
    132016: Fault(True, "the template is disabled"),
    132018: Fault(True, "a value does not fit the template"),
    132068: Fault(True, "the flow is blocked"),
    132069: Fault(False, "the flow is throttled"),
    133004: Fault(False, "Meta's server is not available"),
    133010: Fault(False, "the phone number is not registered at the Cloud API"),
    133016: Fault(False, "the number was registered too often in a short time"),
    135000: Fault(True, "Meta could not make out the request"),
}

# "deleted" and "played" say nothing of the delivery.
STATUSES: Mapping[str, ReceiptStatus] = {
    "accepted": ReceiptStatus.QUEUED,
    "held_for_quality_assessment": ReceiptStatus.QUEUED,
    "sent": ReceiptStatus.SENT,
    "delivered": ReceiptStatus.DELIVERED,
    "read": ReceiptStatus.READ,
    "failed": ReceiptStatus.FAILED,
}

"""Africa's Talking: what its status codes, delivery statuses and failure reasons mean.

Source: Africa's Talking, "SMS: sending", recipient status codes; "SMS: notifications", delivery
reports (status and failureReason, "NotNetworkSubcriber" spelt as there).
"""

from collections.abc import Mapping

from channels.channel import ReceiptStatus
from channels.fault import Fault

ACCEPTED = frozenset({100, 101, 102})

REFUSED: Mapping[int, Fault] = {
    401: Fault(False, "the account is held for a risk check"),
    402: Fault(True, "the sender is not registered to the account"),
    403: Fault(True, "the recipient's number is not valid"),
    404: Fault(True, "this kind of number cannot be written to"),
    405: Fault(False, "the account has no balance left"),
    406: Fault(True, "the person asked for no more messages"),
    407: Fault(False, "no way to the recipient's network"),
    409: Fault(True, "the number is on a do-not-disturb list"),
    500: Fault(False, "an error inside Africa's Talking"),
    501: Fault(False, "an error at the network's gateway"),
    502: Fault(True, "the network's gateway refused the message"),
}

# The same by name: what stands in `Message` when the whole request was refused.
NAMES: Mapping[str, int] = {
    "RiskHold": 401,
    "InvalidSenderId": 402,
    "InvalidPhoneNumber": 403,
    "UnsupportedNumberType": 404,
    "InsufficientBalance": 405,
    "UserInBlacklist": 406,
    "UserInBlackList": 406,
    "CouldNotRoute": 407,
    "DoNotDisturbRejection": 409,
    "InternalServerError": 500,
    "GatewayError": 501,
    "RejectedByGateway": 502,
}

STATUSES: Mapping[str, ReceiptStatus] = {
    "Sent": ReceiptStatus.SENT,
    "Submitted": ReceiptStatus.SENT,
    "Buffered": ReceiptStatus.SENT,
    "Success": ReceiptStatus.DELIVERED,
    "Rejected": ReceiptStatus.FAILED,
    "Failed": ReceiptStatus.FAILED,
    "AbsentSubscriber": ReceiptStatus.FAILED,
    "Expired": ReceiptStatus.FAILED,
}

FAILURES: Mapping[str, Fault] = {
    "InsufficientCredit": Fault(False, "the subscriber has no airtime for a paid message"),
    "InvalidLinkId": Fault(True, "the message answered nothing that was asked"),
    "UserIsInactive": Fault(True, "the number is not in use"),
    "UserInBlackList": Fault(True, "the person asked for no more messages"),
    "UserAccountSuspended": Fault(True, "the number is suspended"),
    "NotNetworkSubcriber": Fault(True, "the number is not of this network"),
    "UserNotSubscribedToProduct": Fault(True, "the person is not subscribed"),
    "UserDoesNotExist": Fault(True, "nobody has this number"),
    "DeliveryFailure": Fault(False, "the network could not deliver"),
    "DoNotDisturbRejection": Fault(True, "the number is on a do-not-disturb list"),
    "AbsentSubscriber": Fault(False, "the phone is off or out of reach"),
    "Expired": Fault(False, "the phone stayed out of reach too long"),
}


def fault(reason: str | None) -> Fault | None:
    """The row of a failure reason as it comes in receipts, or None when the table lacks it."""
    return FAILURES.get(reason) if reason else None

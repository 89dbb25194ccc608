"""The SMS by which Mobile Money tells a payer what was paid, as people forward it to a shop.

The shapes are those of MTN MoMo (Uganda, Ghana, Rwanda, Cameroon), Airtel Money and M-Pesa as people see
them on their phones, in English, Swahili, French and Luganda: from general knowledge, to be verified.
Anybody can type one, so what is read here is only ever a claim.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

# Such an SMS is shorter; more is not looked at.
LONGEST = 640
MOST_DIGITS = 12

_CURRENCY = r"UGX|USH|SHS|KES|KSHS?|TZS|TSHS?|RWF|NGN|GHS|XAF|FCFA|CFA|XOF|ZMW|N|₦|GH₵"
_FIGURE = (
    r"[0-9]{1,3}(?:[, .\u00a0\u202f][0-9]{3}){1,3}(?:[.,][0-9]{1,2})?|[0-9]{1,9}(?:[.,][0-9]{1,2})?"
)
_MONEY = re.compile(
    rf"(?<![\w.])(?:(?P<before>{_CURRENCY})\.? ?(?P<figure>{_FIGURE})(?![\w])"
    rf"|(?P<behind>{_FIGURE}) ?(?P<after>{_CURRENCY})(?!\w))",
    re.IGNORECASE,
)
# What the payment's number is called, before it.
_NAMES = (
    r"financial transaction id|transaction id|trans(?:action)?\.? ?(?:id|no|ref)|txn ?id|tid|trx id"
    r"|id ya muamala|nambari ya muamala|kumbukumbu(?: namba)?|muamala(?: namba)?"
    r"|id de (?:la )?transaction|reference(?: no)?|ref(?:erence)? ?(?:no|id)?"
)
_REFERENCE = re.compile(
    rf"(?<!\w)(?:{_NAMES})(?!\w)[ .:#=-]{{0,4}}(?P<id>[A-Z0-9][A-Z0-9.]{{4,30}})", re.IGNORECASE
)
# M-Pesa begins with it: ten capitals and digits, then "Confirmed" or "Imethibitishwa".
_MPESA = re.compile(
    r"\s*(?P<id>[A-Z0-9]{10})\.? {0,2}(?:Confirmed|Imethibitishwa)(?!\w)", re.IGNORECASE
)
# Money that left the reader's own wallet.
_PAID = re.compile(
    r"(?<!\w)(?:you have (?:paid|sent|transferred)|you've paid|payment (?:of|made)|paid to|sent to"
    r"|your payment|umelipa|umetuma|imelipwa|imetumwa|malipo ya|votre paiement"
    r"|vous avez (?:pay[eé]|envoy[eé]|transf[eé]r[eé])"
    r"|paiement de|transfert de|osasudde|osindise|transferred to)(?!\w)",
    re.IGNORECASE,
)
_PAYEE = re.compile(
    r"(?<!\w)(?:paid to|sent to|transferred to|to|kwa|kwenda|[aà]|eri) (?P<name>[^\W\d][\w '&-]{1,39})",
    re.IGNORECASE,
)
_CODES = {
    "USH": "UGX", "SHS": "UGX", "KSH": "KES", "KSHS": "KES", "TSH": "TZS", "TSHS": "TZS",
    "FCFA": "XAF", "CFA": "XAF", "N": "NGN", "₦": "NGN", "GH₵": "GHS",
}  # fmt: skip
# Written alike in these.
ALIKE = {"XAF": frozenset({"XAF", "XOF"})}


@dataclass(frozen=True, slots=True)
class OperatorSms:
    """What it says: `amount` in major units of `currency` (ISO 4217), the provider's number of the
    payment, and to whom, where it tells."""

    amount: Decimal
    currency: str
    reference: str
    payee: str | None = None

    def speaks_of(self, currency: str) -> bool:
        """FCFA is what two currencies are called."""
        return currency in ALIKE.get(self.currency, {self.currency})


def read_operator_sms(text: str) -> OperatorSms | None:
    """A message that says that its reader has paid: with an amount and with the payment's number. None
    for everything else."""
    if len(text) > LONGEST or _PAID.search(text) is None:
        return None
    reference = _MPESA.match(text) or _REFERENCE.search(text)
    money = next((m for m in _MONEY.finditer(text) if not _is_fee(text, m.start())), None)
    if reference is None or money is None or not any(map(str.isdigit, reference["id"])):
        return None
    amount = _amount(money["figure"] or money["behind"])
    if amount is None:
        return None
    named = (money["before"] or money["after"]).upper()
    payee = _PAYEE.search(text)
    return OperatorSms(
        amount,
        _CODES.get(named, named),
        reference["id"].rstrip(".").upper(),
        payee["name"].strip() if payee else None,
    )


def _is_fee(text: str, at: int) -> bool:
    """Whether the money that stands there is called a fee or a balance."""
    before = text[max(0, at - 24) : at].casefold()
    return any(
        word in before for word in ("fee", "balance", "charge", "frais", "solde", "ada", "salio")
    )


def _amount(figure: str) -> Decimal | None:
    """ "48,000", "1 250 000", "2.500,00": what stands before two last digits parts the decimals."""
    decimals = re.search(r"[.,]([0-9]{1,2})$", figure)
    whole = figure[: decimals.start()] if decimals else figure
    digits = "".join(filter(str.isdigit, whole))
    if not digits or len(digits) > MOST_DIGITS:
        return None
    return Decimal(f"{digits}.{decimals[1]}" if decimals else digits)

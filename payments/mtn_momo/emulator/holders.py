"""Whose wallets they are, as both products of the emulated MTN answer it."""

from flask import Response, jsonify

from payments.emulated import Wallets
from payments.mtn_momo.emulator import magic
from payments.mtn_momo.emulator.door import Door, error


class Holders:
    """Source: MTN MoMo developer documentation, "ValidateAccountHolderStatus" and "GetBasicUserinfo" of
    the Collection and Disbursement APIs."""

    def __init__(self, at: Door, wallets: Wallets) -> None:
        self._door = at
        self._wallets = wallets

    def active(self, product: str, party: str) -> Response:
        refused = self._refusal(product, party)
        return refused or jsonify(result=magic.ending(party) != magic.NOT_ACTIVE)

    def info(self, product: str, party: str) -> Response:
        refused = self._refusal(product, party)
        if refused is not None:
            return refused
        given, _, family = (self._wallets.holder(f"+{party}") or "").partition(" ")
        return jsonify(given_name=given, family_name=family, locale="en", status="ACTIVE")

    def _refusal(self, product: str, party: str) -> Response | None:
        refused = self._door.let_in(product)
        if refused is not None:
            return refused
        status, code = magic.HOLDERS.get(magic.ending(party), (0, ""))
        if not status and self._wallets.holder(f"+{party}") is None:
            status, code = 404, "RESOURCE_NOT_FOUND"
        return error(status, code) if status else None

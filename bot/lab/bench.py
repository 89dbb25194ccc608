"""Who is at the handsets: the shop that was chosen, and the people around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.lab.emulators import Emulators
from bot.lab.phones import Phone, customers, is_phone, pretty
from bot.lab.shops import Shop, read_shop, shop_names
from channels.channel import Medium


@dataclass(frozen=True, slots=True)
class Bench:
    """One shop, and whose phones the handsets are. `shops` are (slug, name) of all.

    `sms_to` is the address to which texts to the shop go; None without one that is emulated.
    """

    shops: Sequence[tuple[str, str]]
    shop: Shop
    customers: tuple[Phone, ...]
    customer: Phone
    seller: Phone | None
    rider: Phone | None
    sms_to: str | None

    @property
    def whatsapp(self) -> tuple[str, ...]:
        """The shop's WhatsApp addresses; the first is the one to write to."""
        return tuple(line.address for line in self.shop.lines if line.medium is Medium.WHATSAPP)

    @property
    def chosen(self) -> dict[str, str]:
        """The choice as a query, which leads back to the same bench."""
        phones = {"seller": self.seller, "rider": self.rider}
        return {
            "shop": self.shop.slug,
            "customer": self.customer.number,
            **{role: phone.number for role, phone in phones.items() if phone},
        }


def lay_out(
    session: Session, chosen: Mapping[str, str], emulators: Emulators, platform_sms: str | None
) -> Bench | None:
    """The bench for a choice that may name nothing, or what is no longer there. None without shops.

    A customer may be any valid number, also one that the lab does not propose.
    """
    shops = shop_names(session)
    slugs = [slug for slug, _ in shops]
    wanted = chosen.get("shop", "")
    slug = wanted if wanted in slugs else next(iter(slugs), "")
    shop = read_shop(session, slug, _carried(emulators))
    if shop is None:
        return None
    people = _customers(shop, chosen.get("customer", ""))
    if not people:
        return None
    line = shop.line(Medium.SMS)
    return Bench(
        shops=shops,
        shop=shop,
        customers=people,
        customer=_chosen(people, chosen.get("customer", "")) or people[0],
        seller=_chosen(shop.sellers, chosen.get("seller", "")),
        rider=_chosen(shop.riders, chosen.get("rider", "")),
        sms_to=line.address if line else platform_sms,
    )


def introduce(bench: Bench, emulators: Emulators) -> None:
    """The networks know the shop's people by their names, as they know who owns a wallet."""
    for phone in (*bench.shop.sellers, *bench.shop.riders):
        for wallets in emulators.purses.values():
            wallets.names.setdefault(phone.number, phone.name)


def _carried(emulators: Emulators) -> Sequence[str]:
    known = {
        "twilio": emulators.twilio,
        "africastalking": emulators.africastalking,
        "meta": emulators.meta,
    }
    return [name for name, emulator in known.items() if emulator is not None]


def _customers(shop: Shop, number: str) -> tuple[Phone, ...]:
    taken = {phone.number for phone in (*shop.sellers, *shop.riders)}
    proposed = customers(shop.country, taken)
    if is_phone(number) and number not in {phone.number for phone in proposed}:
        return (*proposed, Phone(pretty(number), number))
    return proposed


def _chosen(phones: Sequence[Phone], number: str) -> Phone | None:
    """The phone with that number, or else the first."""
    first = next(iter(phones), None)
    return next((phone for phone in phones if phone.number == number), first)

"""[[riders]], [[staff]], and the phones of [shop]."""

from collections.abc import Sequence

from store.shopfile.product_section import Once
from store.shopfile.shop_section import ShopSection
from store.shopfile.table import Table
from store.shopfile.values import RiderEntry, StaffEntry
from store.terms import Zone

ROLE = r"[a-z][a-z -]{0,19}"


def read_riders(
    tables: Sequence[Table], country: str, zones: Sequence[Zone]
) -> tuple[RiderEntry, ...]:
    """Read the riders; a zone that the shop does not have is a mistake."""
    once = Once()
    names = [zone.name for zone in zones]
    riders = []
    for table in tables:
        phone = table.phone("phone", country) or ""
        once.claim(table, "phone", "phone", phone)
        wanted = table.texts("zones")
        for place, zone in enumerate(wanted):
            table.check_word(f"zones[{place}]", zone, names)
        riders.append(RiderEntry(table.needed("name", longest=40), phone, wanted))
        table.close()
    return tuple(riders)


def read_staff(tables: Sequence[Table], shop: ShopSection) -> tuple[StaffEntry, ...]:
    """Who sells: the owner, the phones for alerts in their order, and [[staff]], each phone once.
    Without phones for alerts the owner gets them, else everybody; without an owner's phone the first
    phone for alerts is the owner's."""
    once = Once()
    named: dict[str, tuple[str | None, str]] = {}
    for table in tables:
        phone = table.phone("phone", shop.country) or ""
        once.claim(table, "phone", "phone", phone)
        role = table.matching("role", ROLE, 'a role, like "seller"') or "seller"
        named[phone] = (table.text("name", longest=40), role)
        table.close()
    owner = shop.owner_phone
    if owner is None and not any(role == "owner" for _, role in named.values()):
        owner = next(iter(shop.alerts), None)
    owners = (owner,) if owner else ()
    alerts = shop.alerts or owners or tuple(named)
    staff = []
    for phone in dict.fromkeys((*alerts, *owners, *named)):
        name, role = named.get(phone, (None, "seller"))
        if phone == owner:
            role = "owner"
        staff.append(StaffEntry(phone, role, name, alerts=phone in alerts))
    return tuple(staff)

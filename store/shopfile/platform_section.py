"""[platform]: this is no seller's shop, but the line on which people open theirs."""

from store.platform_terms import PlatformTerms, SharedAddress
from store.shopfile.line_section import read_line
from store.shopfile.table import Table


def read_platform(table: Table | None, country: str) -> PlatformTerms | None:
    """The addresses of [[platform.shared]]; their credentials stand with the lines of whoever has one
    there. `number` is needed where the address is not what people write to."""
    if table is None:
        return None
    shared = tuple(_shared(each, country) for each in table.tables("shared"))
    if not shared:
        table.wrong("shared", "is missing: new shops need an address to be reached on")
    table.close()
    return PlatformTerms(shared)


def _shared(table: Table, country: str) -> SharedAddress:
    number = table.phone("number", country) if table.has("number") else None
    line = read_line(table, country)
    for key in ("keyword", "extension"):
        if getattr(line, key) is not None:
            table.wrong(key, "is given out to each new shop")
    if line.provider == "meta" and number is None:
        table.wrong("number", "is missing: the phone number that customers write to")
    return SharedAddress(line.channel, line.provider, line.address, number or line.address)

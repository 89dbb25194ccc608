"""Who may claim an address: one shop alone, or several that each have a word or an extension."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from store.credentials import of_address
from store.models import AddressRow, LineRow, ShopRow
from store.sealing import Vault
from store.shopfile.mistakes import Mistake
from store.shopfile.values import ShopFile


@dataclass(frozen=True, slots=True)
class Claim:
    """One shop's line on an address; `file` and `key` say where, None for what the books hold."""

    place: tuple[str, str, str]
    word: str | None
    shop: str
    tps: float | None
    credentials: Mapping[str, str]
    file: str = ""
    key: str = ""


def claims_twice(files: Sequence[ShopFile]) -> list[Mistake]:
    """Addresses that these files may not both claim, and slugs that are there twice."""
    mistakes = [
        Mistake(later.file, "shop.slug", f'"{later.slug}" is also the slug in {earlier.file}')
        for place, later in enumerate(files)
        for earlier in files[:place]
        if earlier.slug == later.slug
    ]
    known: list[Claim] = []
    for claim in (claim for file in files for claim in _claims(file)):
        mistakes.extend(_against(claim, known))
        known.append(claim)
    return mistakes


def claims_taken(session: Session, files: Sequence[ShopFile], vault: Vault) -> list[Mistake]:
    """Addresses that other shops in the books already have. Shops in `files` lose the lines that
    their file no longer names, so only the others count."""
    replaced = [file.slug for file in files]
    wanted = {line.address for file in files for line in file.lines}
    lines = session.scalars(
        select(LineRow)
        .join(LineRow.shop)
        .join(LineRow.address)
        .where(ShopRow.slug.not_in(replaced), AddressRow.address.in_(wanted))
        .options(joinedload(LineRow.address), joinedload(LineRow.shop))
    )
    known = [
        Claim(
            place=(line.address.channel, line.address.provider, line.address.address),
            word=line.keyword or line.extension,
            shop=line.shop.slug,
            tps=line.address.tps,
            credentials=of_address(vault, line.address) or {},
        )
        for line in lines
    ]
    return [
        mistake for file in files for claim in _claims(file) for mistake in _against(claim, known)
    ]


def _claims(file: ShopFile) -> Iterator[Claim]:
    for place, line in enumerate(file.lines):
        yield Claim(
            place=line.place,
            word=line.keyword or line.extension,
            shop=file.slug,
            tps=line.tps,
            credentials=line.credentials,
            file=file.file,
            key=f"lines[{place}]",
        )


def _against(claim: Claim, known: Sequence[Claim]) -> list[Mistake]:
    """What is wrong with a claim, given those before it; one mistake is enough."""
    for other in known:
        if other.place != claim.place:
            continue
        word = "extension" if claim.place[0] == "ussd" else "keyword"
        address = claim.place[2]
        if claim.word is None or other.word is None:
            reason = f"{address} is shared with {other.shop}: each shop needs its own {word}"
            return [Mistake(claim.file, f"{claim.key}.address", reason)]
        if claim.word.casefold() == other.word.casefold():
            reason = f'"{claim.word}" on {address} already leads to {other.shop}'
            return [Mistake(claim.file, f"{claim.key}.{word}", reason)]
        for name, ours, theirs in (
            ("tps", claim.tps, other.tps),
            ("credentials", claim.credentials, other.credentials),
        ):
            if ours and theirs and ours != theirs:
                reason = f"{address} is shared with {other.shop}, whose file says otherwise"
                return [Mistake(claim.file, f"{claim.key}.{name}", reason)]
    return []

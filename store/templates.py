"""Which approved text stands for a notice once WhatsApp's window is closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.ids import new_id
from store.models import TemplateRow


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """A template as somebody writes it down; the fields are TemplateRow's."""

    name: str
    language: str
    notice: str
    placeholders: tuple[str, ...]
    approved: bool


def set_template(session: Session, shop_id: UUID, entry: TemplateEntry, now: datetime) -> None:
    """Write it down, over what was known by that name and language."""
    row = session.scalars(
        select(TemplateRow).where(
            TemplateRow.shop_id == shop_id,
            TemplateRow.name == entry.name,
            TemplateRow.language == entry.language,
        )
    ).first()
    if row is None:
        row = TemplateRow(id=new_id(), shop_id=shop_id, name=entry.name, language=entry.language)
        session.add(row)
    row.notice, row.placeholders = entry.notice, list(entry.placeholders)
    row.approved, row.updated_at = entry.approved, now


def templates_of(session: Session, shop_id: UUID) -> Sequence[TemplateRow]:
    return session.scalars(
        select(TemplateRow)
        .where(TemplateRow.shop_id == shop_id)
        .order_by(TemplateRow.notice, TemplateRow.language, TemplateRow.name)
    ).all()


def template_for(session: Session, shop_id: UUID, notice: str, locale: str) -> TemplateRow | None:
    """The approved template for a notice in a language; of "en_GB" and "en" the very one comes first.
    No other language stands in: who reads SMS in theirs should not get a foreign template instead."""
    rows = session.scalars(
        select(TemplateRow)
        .where(TemplateRow.shop_id == shop_id, TemplateRow.notice == notice, TemplateRow.approved)
        .order_by(TemplateRow.language, TemplateRow.name)
    )
    wanted = _tag(locale)
    same = [row for row in rows if _tag(row.language)[0] == wanted[0]]
    return min(same, key=lambda row: _tag(row.language) != wanted, default=None)


def _tag(language: str) -> list[str]:
    return re.split("[-_]", language.casefold())

"""What every table shares: column types that mean the same on PostgreSQL and SQLite."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, TypeAlias
from uuid import UUID

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, Integer, MetaData, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from store.ids import new_id, new_reference

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonMap: TypeAlias = dict[str, Any]
JsonList: TypeAlias = list[Any]


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out. SQLite keeps it naive, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone reached the books")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


Document = JSON().with_variant(JSONB(), "postgresql")
# SQLite numbers rows by itself only where the key is exactly INTEGER.
Sequence64 = BigInteger().with_variant(Integer(), "sqlite")

Key = Annotated[UUID, mapped_column(Uuid(), primary_key=True, default=new_id)]
ReferenceKey = Annotated[UUID, mapped_column(Uuid(), primary_key=True, default=new_reference)]
SerialKey = Annotated[int, mapped_column(Sequence64, primary_key=True, autoincrement=True)]
Minor = Annotated[int, mapped_column(BigInteger())]
Moment = Annotated[datetime, mapped_column(UtcDateTime())]
ShopKey = Annotated[UUID, mapped_column(Uuid(), ForeignKey("shops.id"))]
PersonKey = Annotated[UUID, mapped_column(Uuid(), ForeignKey("people.id"))]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base; constraint names are given, so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        JsonMap: Document,
        JsonList: Document,
    }

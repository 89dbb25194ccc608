"""Alembic's entry. The connection is handed over by store.migrate; there is no other way in."""

from typing import Any

from alembic import context
from sqlalchemy.types import TypeEngine

from store.migrate import in_models
from store.models import Base
from store.models.base import UtcDateTime


def _same_type(
    _: Any, __: Any, ___: Any, inspected: TypeEngine[Any], ours: TypeEngine[Any]
) -> bool | None:
    """A comparison for autogeneration: our times are what the engines call DATETIME or TIMESTAMP."""
    return False if isinstance(ours, UtcDateTime) and "TIME" in str(inspected).upper() else None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=_same_type,
    include_object=in_models(context.config.attributes["connection"]),
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()

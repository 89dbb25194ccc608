"""Counting rows of which something is so."""

from sqlalchemy import ColumnElement, case, func


def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Of a group's rows."""
    return func.sum(case((condition, 1), else_=0))

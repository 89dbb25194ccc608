"""A rider may take orders again: what waits is offered at the clock's next tick."""

from sqlalchemy import update

from flows.ports.orders import DeliveryStatus
from store.models import DeliveryRow
from store.scope import Scope


def look_again(scope: Scope) -> None:
    scope.session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.shop_id == scope.shop.id,
            DeliveryRow.status == DeliveryStatus.WAITING,
            DeliveryRow.give_up_at > scope.now,
        )
        .values(next_offer_at=scope.now)
        .execution_options(synchronize_session=False)
    )

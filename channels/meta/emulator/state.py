"""What the emulated API took, what goes wrong next, and the handsets' side of it."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from channels.emulated import (
    Answered,
    Handsets,
    Kept,
    Kind,
    LoopbackPost,
    Media,
    Parcel,
    Play,
    PostBytes,
    at_target,
)
from channels.interactive import Button, Buttons, Payload, Row, Rows
from channels.meta.codes import ERRORS, WINDOW_CLOSED
from channels.meta.emulator import handset
from channels.meta.emulator.handset import Json, Who
from channels.meta.signature import HEADER, sign

NAME = "meta-emulator"
PATH = "/webhooks/meta"


@dataclass(frozen=True, slots=True)
class Options(Play):
    """`public_url` is the server's address; webhooks go to it at `target`. `any_template`: every
    template is known."""

    app_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    public_url: str
    target: str
    any_template: bool = False
    post: PostBytes = field(default_factory=LoopbackPost)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message that the emulator took. `to` is E.164 or a user id; of a template `text` is what its
    reader sees."""

    id: str
    sender: str
    to: str
    text: str
    payload: Payload | None
    media_url: str | None
    reference: str | None
    at: datetime

    @property
    def choices(self) -> tuple[Button | Row, ...]:
        """What can be tapped under it."""
        match self.payload:
            case Buttons(buttons):
                return buttons
            case Rows(_, rows):
                return rows
        return ()


class MetaEmulator(Handsets[Accepted]):
    """`templates` are approved texts by name and language, with {{1}} for their first value. To people
    in `closed` only these get through."""

    def __init__(self, options: Options) -> None:
        super().__init__(NAME, options.post, options)
        self.options = options
        self.templates: dict[tuple[str, str], str] = {}
        self.closed: set[str] = set()
        self.media = Media()

    def accept(self, message: Accepted, *, templated: bool) -> None:
        self.keep(message, message.id, "accepted")
        if message.to in self.closed and not templated:
            # Meta takes the message, and tells afterwards.
            self._receipts.submit(self.report, message, "failed", WINDOW_CLOSED)
        elif self.options.receipts:
            self._receipts.submit(self._report_all, message)

    def _report_all(self, message: Accepted) -> None:
        for status in self.options.receipts:
            time.sleep(self.options.receipt_gap)
            self.report(message, status)

    def report(self, message: Accepted, status: str, code: int | None = None) -> Answered:
        """Posts a status."""
        self.move(message.id, status)
        told = _status(message, status, code, self.options.now())
        values = [handset.value_of(message.sender, statuses=[told])]
        return self.post_values(values, Parcel(Kind.RECEIPT, message.to, status))

    def say(self, who: Who, to: str, words: str, *, identifier: str | None = None) -> Answered:
        """A person writes to the number with the phone_number_id `to`."""
        return self.bring(who, to, handset.text(words), words=words, identifier=identifier)

    def press(self, who: Who, message: Accepted, label: str) -> Answered:
        """A person taps what is called `label` (or has that id) under `message`. Raises KeyError."""
        for choice in message.choices:
            if label in (choice.id, choice.title):
                content = (
                    handset.row(choice.id, choice.title, choice.description)
                    if isinstance(choice, Row)
                    else handset.button(choice.id, choice.title)
                )
                return self.bring(
                    who, message.sender, content, words=choice.title, replies_to=message.id
                )
        raise KeyError(label)

    def order(
        self, who: Who, to: str, items: Sequence[tuple[str, int]], words: str = ""
    ) -> Answered:
        """A person sends a basket from the catalogue of the number `to`."""
        return self.bring(who, to, handset.order(items, "UGX", words))

    def send_picture(self, who: Who, to: str, picture: Kept, caption: str = "") -> Answered:
        """A person sends a picture, with words under it or none."""
        media = self.options.new_id()
        self.media.kept[media] = picture
        return self.bring(who, to, handset.image(media, caption), words=caption)

    def bring(
        self,
        who: Who,
        to: str,
        content: Json,
        *,
        words: str = "",
        identifier: str | None = None,
        replies_to: str | None = None,
    ) -> Answered:
        """Posts one message of any kind; `words` are those that a log would name it by."""
        # Whoever writes opens the window.
        self.closed.discard(who.key)
        made = handset.message(
            who, content, identifier or self.new_id(), self.options.now(), replies_to
        )
        values = [handset.value_of(to, contacts=[who.contact], messages=[made])]
        return self.post_values(values, Parcel(Kind.MESSAGE, who.key, words or "(no words)"))

    def new_id(self) -> str:
        """What Meta calls one more message."""
        return f"wamid.{self.options.new_id()}"

    def post_values(self, values: Sequence[Json], parcel: Parcel) -> Answered:
        """One batch, signed."""
        return self.signed_post(json.dumps(handset.envelope(values)).encode(), parcel)

    def signed_post(self, body: bytes, parcel: Parcel) -> Answered:
        headers = {
            "Content-Type": "application/json",
            HEADER: sign(body, self.options.app_secret),
        }
        post = self.options.post
        target = at_target(f"{self.options.public_url}{PATH}", self.options.target)
        return self.road.bring(parcel, lambda: post(target, body, headers))


def _status(message: Accepted, status: str, code: int | None, at: datetime) -> Json:
    known = {"recipient_id": message.to.removeprefix("+")} if message.to.startswith("+") else {}
    billed = status in ("sent", "delivered")
    priced = {"billable": True, "pricing_model": "PMP", "category": "service"}
    row = ERRORS.get(code) if code is not None else None
    error = {
        "code": code,
        "title": row.meaning if row else "failed",
        "message": row.meaning if row else "failed",
        "error_data": {"details": row.meaning if row else "failed"},
    }
    return {
        "id": message.id,
        "status": status,
        "timestamp": str(int(at.timestamp())),
        **known,
        **({"pricing": priced} if billed else {}),
        **({"errors": [error]} if code is not None else {}),
        **({"biz_opaque_callback_data": message.reference} if message.reference else {}),
    }

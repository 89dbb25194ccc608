"""Pictures that people sent, as an emulated provider keeps them."""

from dataclasses import dataclass, field

from flask import Response

from channels.emulated.mishaps import Mishap, Mishaps
from channels.emulated.road import Kind, Parcel


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes, and of which kind they are said to be: "image/jpeg"."""

    content: bytes
    kind: str = "image/jpeg"


@dataclass(slots=True)
class Media:
    """By the provider's names for them; one that is taken out has expired. `mishaps` are what goes wrong
    with being asked for any."""

    kept: dict[str, Kept] = field(default_factory=dict)
    mishaps: Mishaps = field(default_factory=Mishaps)

    def mishap(self, name: str) -> Mishap:
        """What goes wrong with this request, after its slowness was waited out."""
        return self.mishaps.take(Parcel(Kind.SENT, "", name))

    def bytes_of(self, name: str) -> Response:
        """The picture itself."""
        found = self.kept.get(name)
        if found is None:
            return Response("gone", 404, mimetype="text/plain")
        return Response(found.content, mimetype=found.kind)

"""What the emulated providers share: a server on this machine, webhooks to it, and faults on demand."""

from channels.emulated.handsets import Handsets, Play
from channels.emulated.media import Kept, Media
from channels.emulated.mishaps import Mishap, Mishaps
from channels.emulated.road import Fate, Hitch, Kind, Parcel, Road
from channels.emulated.server import Served, break_connection, serve, serving
from channels.emulated.webhooks import (
    Answered,
    Body,
    Form,
    LoopbackPost,
    NotLoopbackError,
    Post,
    PostBytes,
    at_target,
)

__all__ = [
    "Answered",
    "Body",
    "Fate",
    "Form",
    "Handsets",
    "Hitch",
    "Kept",
    "Kind",
    "LoopbackPost",
    "Media",
    "Mishap",
    "Mishaps",
    "NotLoopbackError",
    "Parcel",
    "Play",
    "Post",
    "PostBytes",
    "Road",
    "Served",
    "at_target",
    "break_connection",
    "serve",
    "serving",
]

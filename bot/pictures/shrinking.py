"""A photo is made small and plain: what a phone writes into it, such as where it was taken, stays out."""

import io
import struct
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# What providers hand on (Meta, "Supported media types", image), and how many pixels of each: nothing else
# is tried to be read. A phone's best camera through WhatsApp makes 12 million. A JPEG is unpacked at about
# the size that is wanted; of the others the whole is held in memory, twice, at 4 bytes each.
MOST_PIXELS = {"JPEG": 16_000_000, "PNG": 8_000_000, "WEBP": 8_000_000}
LONGEST_SIDE = 1024
MOST_BYTES = 150_000
# How much of the detail is kept, from the first that is small enough.
QUALITIES = (82, 74, 64, 52, 40)
# Under what is transparent.
BACKGROUND = (255, 255, 255)


class UnreadableError(Exception):
    """The bytes are no picture that could be shown."""


def shrunk(raw: bytes) -> bytes:
    """A JPEG of at most LONGEST_SIDE pixels a side, upright, with nothing but the picture in it. Raises
    UnreadableError."""
    # Only the worker that has a photo in hand needs the library: other processes stay small.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # The limit here is stricter than the one that it warns of.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw), formats=tuple(MOST_PIXELS))
        if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
            raise UnreadableError("too many pixels")
        return _saved(_plain(picture))
    except (
        *(OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError),
        *(ZeroDivisionError, EOFError, MemoryError, struct.error, Image.DecompressionBombError),
    ) as error:
        # What a library for many kinds of files makes of files that are broken on purpose.
        raise UnreadableError(type(error).__name__) from error


def _plain(picture: "Image") -> "Image":
    """Small, upright, in colours that every phone knows, on white where it is transparent."""
    from PIL import Image, ImageOps

    # By itself the library would unpack twice as much of a JPEG to each side.
    picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    small = picture.convert("RGBA") if picture.mode == "P" else picture
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(small)
    seen = turned.convert("RGBA") if turned.has_transparency_data else turned.convert("RGB")
    plain = Image.new("RGB", seen.size, BACKGROUND)
    plain.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return plain


def _saved(picture: "Image") -> bytes:
    """At the best quality at which it is small enough; what no quality makes small enough is halved."""
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    return _saved(picture.reduce(2))

"""What is left of a photo: the picture, small, and nothing of the phone that took it."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from bot.pictures.shrinking import LONGEST_SIDE, MOST_BYTES, UnreadableError, shrunk
from tests.fakes.photos import noisy, photo


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_phone_writes_into_a_photo_is_gone(kind: str) -> None:
    raw = photo(kind=kind)
    assert b"Tecno" in raw
    content = shrunk(raw)
    picture = opened(content)
    assert picture.format == "JPEG"
    assert picture.size == (768, 1024)
    assert not picture.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)
    for said in (b"Exif", b"Tecno", b"taken at home"):
        assert said not in content


def test_it_stands_upright_as_the_phone_was_held() -> None:
    picture = opened(shrunk(photo()))
    above, below = picture.getpixel((384, 100)), picture.getpixel((384, 900))
    assert above[0] > 150 > above[2]
    assert below[2] > 150 > below[0]


@pytest.mark.parametrize("size", [(4000, 3000), (1024, 1024), (3000, 40)])
def test_however_much_there_is_to_see_it_stays_small(size: tuple[int, int]) -> None:
    content = shrunk(noisy(*size))
    assert len(content) <= MOST_BYTES
    assert max(opened(content).size) <= LONGEST_SIDE


def test_a_small_one_is_not_made_larger() -> None:
    assert opened(shrunk(noisy(80, 60))).size == (80, 60)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "CMYK", "L", "1", "I;16"])
def test_colours_of_all_kinds_become_a_phones(mode: str) -> None:
    out = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (40, 30)).save(out, kind)
    assert opened(shrunk(out.getvalue())).mode == "RGB"


def test_what_is_transparent_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).save(out, "PNG")
    assert min(opened(shrunk(out.getvalue())).getpixel((20, 15))) > 250


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it is this large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checked)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1000)
    pieces = (chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(pieces)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>Please log in</html>",
        b"\xff\xd8\xff" + b"0" * 5000,
        b"GIF89a" + b"\0" * 100,
        b"%PDF-1.7",
        photo()[:700],
        bomb(4000, 2001),
        bomb(60_000, 60_000),
        bomb(300, 300),
        photo(kind="PNG")[:200],
    ],
)
def test_what_is_no_picture_or_would_burst_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        shrunk(raw)


def test_no_process_that_answers_holds_the_library() -> None:
    code = "import sys, bot.app, bot.worker; print('PIL' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"

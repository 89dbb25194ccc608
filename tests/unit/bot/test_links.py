"""Links that open a conversation, and the QR codes of them."""

import struct
import zlib

import pytest
import segno

from bot.entry import qr
from bot.entry.links import Wanted, link, page_path
from flows.ways import By, Way

SHOP = Wanted("kato", "Kato & Sons")
PRODUCT = Wanted("kato", "Kato & Sons", 12, "k7f2q9")


@pytest.mark.parametrize(
    ("way", "wanted", "leads_to"),
    [
        (Way(By.WHATSAPP, "+256700000200"), SHOP, "https://wa.me/256700000200?text=Hi%20Kato%20%26%20Sons"),
        (
            Way(By.WHATSAPP, "+256700000200"),
            PRODUCT,
            "https://wa.me/256700000200?text=Kato%20%26%20Sons%20%2312%20%23k7f2q9",
        ),
        (Way(By.SMS, "20880", "KATO"), SHOP, "sms:20880?body=KATO"),
        (Way(By.SMS, "20880", "KATO"), PRODUCT, "sms:20880?body=KATO%20%2312%20%23k7f2q9"),
        (Way(By.USSD, "*284*77#"), SHOP, "tel:*284*77%23"),
        (Way(By.USSD, "*284*77#"), PRODUCT, "tel:*284*77*12%23"),
        (Way(By.USSD, "*284*20#", "1"), PRODUCT, "tel:*284*20*1*12%23"),
    ],
    ids=["whatsapp", "whatsapp product", "sms", "sms product", "ussd", "ussd product", "ussd shared"],
)  # fmt: skip
def test_a_link_opens_the_conversation(way: Way, wanted: Wanted, leads_to: str) -> None:
    assert link(way, wanted) == leads_to


@pytest.mark.parametrize(
    ("wanted", "path"), [(SHOP, "/s/kato"), (PRODUCT, "/s/kato/12/k7f2q9")], ids=["shop", "product"]
)
def test_a_short_page_has_a_short_path(wanted: Wanted, path: str) -> None:
    assert page_path(wanted) == path


TEXT = "https://sokoni.example/s/kato/12/k7f2q9"


def test_a_code_as_png_holds_the_text_with_white_around_it() -> None:
    width, rows = pixels(qr.draw(TEXT, "png"))
    matrix = segno.make_qr(TEXT, error="q", boost_error=False).matrix
    assert width == (len(matrix) + 2 * qr.BORDER) * qr.PNG_SCALE
    scale, border = qr.PNG_SCALE, qr.BORDER
    read = [
        [not rows[(y + border) * scale][(x + border) * scale] for x in range(len(matrix))]
        for y in range(len(matrix))
    ]
    assert read == [[bool(module) for module in row] for row in matrix]
    assert all(rows[0])


def test_a_code_as_svg_is_drawn_black_on_white() -> None:
    drawn = qr.draw(TEXT, "svg").decode()
    assert drawn.startswith("<?xml")
    assert 'stroke="#000"' in drawn
    assert 'fill="#fff"' in drawn


def test_the_path_for_posters_has_every_dark_module() -> None:
    path, size = qr.path_of(TEXT)
    matrix = segno.make_qr(TEXT, error="q", boost_error=False).matrix
    assert size == len(matrix) + 2 * qr.BORDER
    assert path.count("M") == sum(map(sum, matrix))


def pixels(png: bytes) -> tuple[int, list[list[int]]]:
    """Width and rows of a PNG of one bit per pixel, with no filter or "up" (PNG specification, 7 and 9)."""
    place, data, width = 8, b"", 0
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        chunk = png[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", chunk[:10])
            assert (depth, colour) == (1, 0)
        if kind == b"IDAT":
            data += chunk
        place += 12 + length
    stride = (width + 7) // 8 + 1
    whole = zlib.decompress(data)
    lines: list[bytes] = []
    for at in range(0, len(whole), stride):
        above = lines[-1] if lines else bytes(stride - 1)
        assert whole[at] in (0, 2)
        line = whole[at + 1 : at + stride]
        if whole[at] == 2:
            line = bytes((one + up) % 256 for one, up in zip(line, above, strict=True))
        lines.append(line)
    return width, [[line[x // 8] >> (7 - x % 8) & 1 for x in range(width)] for line in lines]

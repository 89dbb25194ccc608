"""QR codes, as PNG or SVG."""

import io

import segno

# A quarter of it may be dirty or torn: posters hang in the sun (ISO/IEC 18004, level Q).
CORRECTION = "q"
# Modules of white around it, which readers need.
BORDER = 4
# Pixels of a module: some 350 for a short link, sharp on any screen.
PNG_SCALE = 8

KINDS = {"png": "image/png", "svg": "image/svg+xml"}


def draw(text: str, kind: str) -> bytes:
    """`text` as a picture of one of KINDS."""
    out = io.BytesIO()
    if kind == "svg":
        _made(text).save(out, kind="svg", border=BORDER, omitsize=True, dark="#000", light="#fff")
    else:
        _made(text).save(out, kind="png", border=BORDER, scale=PNG_SCALE)
    return out.getvalue()


def path_of(text: str) -> tuple[str, int]:
    """What an SVG of one's own draws: the path of the dark modules, and the width of the whole with its
    border, in modules."""
    made = _made(text)
    size = len(made.matrix) + 2 * BORDER
    dark = [
        f"M{x + BORDER} {y + BORDER}h1v1h-1z"
        for y, row in enumerate(made.matrix)
        for x, module in enumerate(row)
        if module
    ]
    return "".join(dark), size


def _made(text: str) -> segno.QRCode:
    return segno.make_qr(text, error=CORRECTION, boost_error=False)

"""Photos as phones make them."""

import io

from PIL import Image

# Where the phone was: Kampala, as EXIF writes it (tags 1 to 4 of the GPS directory, 0x8825).
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
KAMPALA = {1: "N", 2: (0.0, 18.0, 48.0), 3: "E", 4: (32.0, 34.0, 52.0)}
# The phone was held on its side: the picture is to be turned by 90 degrees.
ON_ITS_SIDE = 6


def photo(width: int = 1600, height: int = 1200, kind: str = "JPEG") -> bytes:
    """Red above and blue below once it is turned as its EXIF says; taken in Kampala."""
    picture = Image.new("RGB", (width, height), (20, 20, 200))
    picture.paste((200, 20, 20), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER], exif[GPS] = ON_ITS_SIDE, "Tecno of Mama Njeri", KAMPALA
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, comment=b"taken at home")
    return out.getvalue()


def noisy(width: int, height: int) -> bytes:
    """What hardly packs at all."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 120).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()

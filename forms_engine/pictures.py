"""Pictures (画像): drawn again small, so that nothing a camera wrote into them comes along: no place, no time."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from forms_engine.media_types import JPEG, PNG

KINDS = (JPEG, PNG)
#: Length of a thumbnail's longer side in pixels, twice what it takes on a page.
LONGEST = 320
#: The same of a picture that is printed.
PRINTED = 1200
#: Pixels beyond which a picture is not drawn: it would take more memory than a page is worth.  A JPEG is read reduced.
MOST_PIXELS = 30_000_000


class NoPicture(Exception):
    """It is no picture that can be drawn: damaged, or too large."""


def thumbnail(content: bytes) -> bytes:
    """The picture as a small JPEG, upright, without any of its metadata.  Raises NoPicture."""
    with _opened(content) as picture:
        try:
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST, LONGEST))
            return _written(_on_white(upright))
        except (OSError, ValueError, SyntaxError) as wrong:
            raise NoPicture from wrong


def printable(content: bytes) -> bytes:
    """The picture as an opaque PNG of moderate size, as an archive copy may hold it.  Raises NoPicture."""
    with _opened(content) as picture:
        try:
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((PRINTED, PRINTED))
            return _written(_on_white(upright), "PNG")
        except (OSError, ValueError, SyntaxError) as wrong:
            raise NoPicture from wrong


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as wrong:
        raise NoPicture from wrong
    picture.draft("RGB", (2 * LONGEST, 2 * LONGEST))
    if picture.width * picture.height > MOST_PIXELS:
        raise NoPicture
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent becomes white, as paper is."""
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _written(picture: Image.Image, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, quality=80)
    return file.getvalue()

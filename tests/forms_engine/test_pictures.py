"""What of a photograph is shown: the picture, upright and small, and nothing of where it was taken."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from forms_engine.pictures import LONGEST, NoPicture, thumbnail

GPS, ORIENTATION = 0x8825, 0x0112


def photograph(kind: str = "JPEG", size: tuple[int, int] = (1200, 900), orientation: int = 1) -> bytes:
    file, exif = io.BytesIO(), Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)})
    exif[0x9003] = "2026:11:25 09:00:00"
    Image.new("RGB", size, "green").save(file, kind, exif=exif)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_thumbnail_says_nothing_of_place_and_time(kind: str) -> None:
    assert Image.open(io.BytesIO(photograph(kind))).getexif()
    small = Image.open(io.BytesIO(thumbnail(photograph(kind))))
    assert small.format == "JPEG" and max(small.size) == LONGEST and not small.getexif() and "exif" not in small.info


def test_a_photograph_taken_sideways_stands_upright() -> None:
    small = Image.open(io.BytesIO(thumbnail(photograph(orientation=6))))
    assert small.height > small.width


CUT_OFF = (photograph()[:300], photograph("PNG")[:60])


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=400))
def test_what_is_no_picture_is_refused(rubbish: bytes) -> None:
    for content in (rubbish, *(start + rubbish for start in CUT_OFF)):
        with pytest.raises(NoPicture):
            thumbnail(content)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    with pytest.raises(NoPicture):
        thumbnail(file.getvalue())

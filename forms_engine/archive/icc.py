"""The sRGB colour space (IEC 61966-2-1) as an ICC profile, version 2: what a PDF/A's output intent must carry."""

import struct
from collections.abc import Mapping

#: Primaries and white of sRGB, adapted to D50 (Bradford), as ICC asks for.
WHITE = (0.9642, 1.0, 0.8249)
RED = (0.4360, 0.2225, 0.0139)
GREEN = (0.3851, 0.7169, 0.0971)
BLUE = (0.1431, 0.0606, 0.7141)
STEPS = 1024
COPYRIGHT = "No copyright, use freely"
DESCRIPTION = "sRGB IEC61966-2.1"
HEADER = 128


def srgb() -> bytes:
    """A matrix and tone-curve display profile, 2.5 kB, the same bytes whenever it is built."""
    curve = _curve()
    tags = {
        b"desc": _description(DESCRIPTION),
        b"cprt": _padded(b"text\0\0\0\0" + COPYRIGHT.encode() + b"\0"),
        b"wtpt": _xyz(WHITE),
        b"rXYZ": _xyz(RED),
        b"gXYZ": _xyz(GREEN),
        b"bXYZ": _xyz(BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = _tables(tags)
    return _header(HEADER + len(table) + len(body)) + table + body


def _tables(tags: Mapping[bytes, bytes]) -> tuple[bytes, bytes]:
    """The tag table and the data it points to; equal data stand once (ICC.1:2001-04 §6.2)."""
    start = HEADER + 4 + 12 * len(tags)
    body, places = b"", {}
    for data in tags.values():
        if data not in places:
            places[data] = start + len(body)
            body += data
    entries = [struct.pack(">4sII", name, places[data], len(data)) for name, data in tags.items()]
    return struct.pack(">I", len(tags)) + b"".join(entries), body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    white = b"".join(_fixed(value) for value in WHITE)
    start = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    return (start + made + b"acsp" + bytes(24) + struct.pack(">I", 0) + white).ljust(HEADER, b"\0")


def _curve() -> bytes:
    values = [round(_linear(step / (STEPS - 1)) * 65535) for step in range(STEPS)]
    return _padded(struct.pack(f">4s4xI{STEPS}H", b"curv", STEPS, *values))


def _linear(value: float) -> float:
    """The transfer function of IEC 61966-2-1."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _description(text: str) -> bytes:
    ascii_part = struct.pack(">4s4xI", b"desc", len(text) + 1) + text.encode() + b"\0"
    # no Unicode and no Macintosh script text: their counts are zero, the latter's room is fixed
    return _padded(ascii_part + struct.pack(">IIHB", 0, 0, 0, 0) + bytes(67))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)

"""Pictures in fewer bytes, the same to the eye: lines in twentieths of a point, pixels in 256 colors."""

import base64
import io
import re

import numpy as np
from PIL import Image  # it comes with matplotlib, whose plots these are

GRID = 20  # to a point: an error of a fortieth is a thirtieth of a pixel
STEP = re.compile(r"([MLz])\s*(?:(-?[\d.]+) (-?[\d.]+))?")
COLORS = 256  # as many as a palette has


def path(data):
    """Return the data of an SVG path that Matplotlib wrote, steps from point to point where it has no curves."""
    if re.search(r"[^MLz\d.\s-]", data):
        return " ".join(data.split())
    written, last, x, y = "", "", 0, 0
    for kind, *place in STEP.findall(data):
        if kind == "z":
            written, last = written + "z", kind
            continue
        to_x, to_y = (round(float(number) * GRID) for number in place)
        if kind == "M":
            written += f"M{_number(to_x)} {_number(to_y)}"
        else:
            written += f"{' ' if last == kind else 'l'}{_number(to_x - x)} {_number(to_y - y)}"
        last, x, y = kind, to_x, to_y
    return written.replace(" -", "-")


def _number(count):
    """Return so many parts of the grid as SVG writes a number."""
    return f"{count / GRID:.2f}".rstrip("0").rstrip(".").replace("0.", ".", abs(count) < GRID) or "0"


def png(code):
    """Return a PNG, in base64, with a palette; as it is where it has nothing to lose, or where colors shine through."""
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(code))).convert("RGBA"), int)
    flat = pixels.reshape(-1, 4)
    flat = np.where(flat[:, 3:] == 0, 0, flat)  # what is not seen has no color
    if not np.isin(flat[:, 3], [0, 255]).all():
        return code
    for bits in range(8):  # the fewest that have to go
        kinds, kind = np.unique(flat + [*[1 << bits >> 1] * 3, 0] >> bits, axis=0, return_inverse=True)
        if len(kinds) <= COLORS:
            break
    kind = kind.ravel()
    count = np.bincount(kind)
    palette = np.column_stack([np.bincount(kind, channel) / count for channel in flat.T]).round().astype(np.uint8)
    image = Image.fromarray(kind.reshape(pixels.shape[:2]).astype(np.uint8))
    image.putpalette(palette[:, :3].tobytes())
    written = io.BytesIO()
    gaps = {"transparency": palette[:, 3].tobytes()} if palette[:, 3].min() < 255 else {}
    image.save(written, "PNG", optimize=True, **gaps)
    return min(code, base64.b64encode(written.getvalue()).decode(), key=len)

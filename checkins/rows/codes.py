"""A QR code as a picture that a page may hold: one path, and no style."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import segno

QUIET = 4  # modules around it that stay white, so that a camera finds it


@dataclass(frozen=True)
class Code:
    """`path` draws the dark modules of a square of so many; `address` is what it says, `words` that without scheme."""

    path: str
    size: int
    address: str
    words: str

    @property
    def box(self) -> str:
        """The viewBox, with the quiet zone."""
        side = self.size + 2 * QUIET
        return f"{-QUIET} {-QUIET} {side} {side}"


@lru_cache(maxsize=256)
def code(address: str) -> Code:
    """The QR code of an address: level M, so that a light reflex or a fold costs nothing."""
    matrix = [list(row) for row in segno.make_qr(address, error="m").matrix]
    runs: list[str] = []
    for y, row in enumerate(matrix):
        x = 0
        for is_dark, modules in groupby(row):
            width = len(list(modules))
            if is_dark:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return Code("".join(runs), len(matrix), address, address.partition("://")[2].rstrip("/"))

"""The order that owners give to their objectives and key results."""

from typing import Any


def swap(rows: list[Any], pk: int, *, up: bool) -> bool:
    """Exchange a row's place with its neighbour's and number all places anew; whether anything moved.

    A row that is not among them, or has no neighbour there, stays where it is.
    """
    here = next((i for i, row in enumerate(rows) if row.pk == pk), len(rows))
    there = here + (-1 if up else 1)
    if not (0 <= there < len(rows) and here < len(rows)):
        return False
    rows[here], rows[there] = rows[there], rows[here]
    for place, row in sorted(enumerate(rows), key=lambda pair: pair[1].pk):  # one order, so that two do not block
        type(row).objects.filter(pk=row.pk).exclude(position=place).update(position=place)
    return True

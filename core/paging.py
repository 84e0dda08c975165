"""Long lists in pages.

Source: guarantees IN-13.
"""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

PER_PAGE = 50
M = TypeVar("M", bound=Model)


def page_of(rows: QuerySet[M], asked: str) -> Page[M]:
    """The page of `rows` with the number that was `asked` for, read; two queries.

    What is no number gives the first page; a number beyond the end gives the last.
    """
    page = Paginator(rows, PER_PAGE).get_page(asked)
    page.object_list = [*page.object_list]
    return page

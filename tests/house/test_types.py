"""Every answer says what it is."""

import pytest

from tests.house.pages import PAGES_AND_PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

KINDS = {"text/html; charset=utf-8", "text/plain; charset=utf-8", "text/calendar; charset=utf-8"}
FOR_MACHINES = {"application/json", "application/problem+json", "application/vnd.oai.openapi+json"}


@pytest.mark.parametrize("persona", ["nobody", "alice", "ada"])
def test_every_answer_names_its_type_and_characters(house, persona):
    """HDR-11: HTML and text in UTF-8; what is for machines is never taken for HTML."""
    odd = {}
    for words in sorted({words for words, who in PAGES_AND_PERSONAS if who == persona}):
        answer = house.get(persona, house.path(words))
        kind = answer.headers.get("Content-Type", "")
        is_known = kind in KINDS or kind.partition(";")[0] in FOR_MACHINES
        if not is_known or answer["X-Content-Type-Options"] != "nosniff":
            odd[words] = kind
    assert odd == {}

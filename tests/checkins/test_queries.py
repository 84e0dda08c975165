"""Each page asks the database as often for five of everything as for one."""

import pytest

from tests.checkins.reading import fields
from tests.checkins.scenes import make_many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 11),
        ("/check-in/?edit=1", 11),
        ("/check-in/2026-W47/", 12),
        ("/check-in/2026-W20/", 9),
        ("/teams/team-0/", 12),
        ("/teams/team-0/?quarter=2026-Q4", 12),
    ],
)
def test_a_page_asks_the_same_number_of_times(client_of, django_assert_num_queries, path, queries, count):
    client = client_of(make_many(count))
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(("change", "queries"), [({}, 15), ({"did": "One\nTwo"}, 22)])
def test_a_save_in_which_only_words_are_new(client_of, django_assert_num_queries, change, queries, count):
    """One of the latter looks whether a line that goes was picked for a recap."""
    client = client_of(make_many(count))
    client.post("/check-in/2026-W47/", fields(client.get("/check-in/2026-W47/?edit=1")))
    sent = fields(client.get("/check-in/2026-W47/?edit=1"))
    with django_assert_num_queries(queries):
        assert client.post("/check-in/2026-W47/", sent | change).status_code == 302


@pytest.mark.parametrize("count", [1, 5])
def test_a_save_in_which_every_number_is_new(client_of, django_assert_num_queries, count):
    """Four of them are the marks of the nested transactions."""
    client = client_of(make_many(count))
    sent = fields(client.get("/check-in/2026-W47/?edit=1"))
    changed = {name: "9" if name.startswith(("confidence", "value")) else text for name, text in sent.items()}
    with django_assert_num_queries(26):
        assert client.post("/check-in/2026-W47/", changed).status_code == 302


@pytest.mark.parametrize("count", [1, 5])
def test_a_save_that_is_refused(client_of, django_assert_num_queries, count):
    client = client_of(make_many(count))
    sent = fields(client.get("/check-in/2026-W47/?edit=1"))
    changed = {name: "many" if name.startswith("value") else text for name, text in sent.items()}
    with django_assert_num_queries(10):
        assert client.post("/check-in/2026-W47/", changed).status_code == 422

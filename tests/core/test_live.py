"""What apps tell live screens: ids, once it holds, and never at anybody's cost."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from core import live
from core.live import Happening, listen, tell


@pytest.fixture
def heard():
    """All that is told meanwhile."""
    found: list[Happening] = []
    hush = listen(found.append)
    yield found
    hush()


@pytest.mark.parametrize("happening", [Happening(7, 9), Happening(7, None), Happening(None, None)])
def test_a_happening_goes_to_another_process_and_is_the_same(happening):
    assert Happening.from_json(happening.to_json().encode()) == happening


@pytest.mark.parametrize("text", ["", "[]", "[1]", '["1", 2]', "[1.5, 2]", '{"by": 1}', "[1, 2, 3]", "null"])
def test_anything_else_is_none(text):
    with pytest.raises(ValueError, match=r"no happening|Expecting value"):
        Happening.from_json(text)


@pytest.mark.django_db(transaction=True)
def test_it_is_told_once_it_holds(heard):
    """JOB-10: nothing is announced that was rolled back."""
    with transaction.atomic():
        tell(Happening(1, None))
        assert heard == []
    with transaction.atomic():
        tell(Happening(2, None))
        transaction.set_rollback(True)
    assert heard == [Happening(1, None)]


@pytest.mark.django_db(transaction=True)
def test_who_comes_to_listen_takes_over_and_gives_it_back(heard):
    mine: list[Happening] = []
    hush = listen(mine.append)
    tell(Happening(1, None))
    hush()
    tell(Happening(2, None))
    assert (mine, heard) == ([Happening(1, None)], [Happening(2, None)])


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_fails_nobody(caplog):
    def broken(_happening: Happening) -> None:
        raise OSError

    hush = listen(broken)
    tell(Happening(1, None))
    hush()
    assert [record.message for record in caplog.records] == ["Live screens were not told"]


@pytest.mark.django_db
def test_nobody_who_listens_costs_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        tell(Happening(1, None))
    assert (callbacks, live._listeners) == ([], [])


@pytest.mark.django_db
def test_who_stopped_listening_before_it_holds_is_told_nothing(django_capture_on_commit_callbacks):
    found: list[Happening] = []
    hush = listen(found.append)
    with django_capture_on_commit_callbacks(execute=True):
        tell(Happening(1, None))
        hush()
    assert found == []


def test_a_screen_is_known_by_its_kind(monkeypatch):
    monkeypatch.setattr(live, "SCREENS", {})
    screen = SimpleNamespace(kind="wall")
    live.register(screen)
    assert [*live.SCREENS.items()] == [("wall", screen)]

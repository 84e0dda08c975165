"""Nothing leads from a note without a name to whoever wrote it: a dump of the database, logs, sessions and mail.

PRIV-02, row 33, decisions 27; docs/adr/2026-11-28-anonymous-notes.md.
"""

import json
import logging
import random
from itertools import permutations

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test import Client

from checkins.models import Attendance
from core.errors import NotNow
from core.kept import Kept, close, opened
from core.typed import Typed
from people.viewer import viewer_of
from retros.actions import frames, notes
from retros.models import Note
from retros.rules.retros import Column
from retros.rules.secrets import key_of, seal_of
from retros.urls import urlpatterns
from tests.conftest import NOW
from tests.retros.looking_back import LookingBack

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("frozen")]
WORDS = {"Ann": ["umbra", "umber"], "Bo": ["vellum"], "Cy": ["willow", "wicker", "walnut"]}


def numbers(number: int) -> dict[str, int]:
    dice = random.Random(number)  # noqa: S311 - as a browser's form brings them
    return {f"number-{column}": dice.randrange(1, 2**52) for column in ("WELL", "BETTER", "STOP")}


def written(scene: LookingBack) -> dict[str, Client]:
    """Everybody writes through their browser, one after the other, in the order of WORDS; who wrote what is known here
    alone."""
    browsers = {}
    for place, (name, words) in enumerate(WORDS.items()):
        person = getattr(scene, name.lower())
        browsers[name] = browser = scene.client(person)
        for further, word in enumerate(words):
            typed = {"unsigned-WELL": word, **numbers(place * 10 + further)}
            assert browser.post(f"{scene.address}notes/", typed).status_code == 302
    return browsers


def dump() -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {
        model._meta.label: json.loads(serializers.serialize("json", model._base_manager.all()))
        for model in apps.get_models(include_auto_created=True)
    }


def physical() -> list[tuple[str, ...]]:
    """What a table holds of its rows beside their columns, in the order on disk: PostgreSQL's transaction and place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT id, xmin::text FROM retros_note ORDER BY ctid")
        else:
            cursor.execute("SELECT id, '' FROM retros_note ORDER BY rowid")
        return cursor.fetchall()


@pytest.mark.parametrize("phase", ["WRITE", "REVEAL", "VOTE"])
def test_a_dump_of_the_database_links_nothing(phase):
    """PRIV-02, row 33: a note has words, a column, a random id and a hash of its own, and nothing else anywhere."""
    scene = LookingBack()
    browsers = written(scene)
    scene.go(phase)
    rows = dump()
    found = [row["fields"] | {"id": row["pk"]} for row in rows.pop("retros.Note")]
    assert sorted(row["text"] for row in found) == sorted(word for words in WORDS.values() for word in words)
    retro = {(row["retro"], row["author"], row["column"], row["parent"], row["is_revealed"]) for row in found}
    assert retro == {(scene.retro.pk, None, "WELL", None, phase != "WRITE")}
    assert {*found[0]} == {"id", "retro", "author", "secret_hash", "column", "text", "parent", "is_revealed"}
    hashes = {row["secret_hash"] for row in found}
    assert len(hashes) == len(found)
    others = json.dumps(rows, ensure_ascii=False)
    told = [str(row["id"]) for row in found] + [str(row["text"]) for row in found] + [*hashes]
    assert [one for one in told if one in others] == []
    for browser in browsers.values():
        assert browser.cookies["okrsite-hand"].value not in others + json.dumps(found)


@pytest.mark.parametrize("phase", ["WRITE", "REVEAL"])
def test_the_order_on_disk_and_the_transactions_of_rows_tell_nothing(phase):
    """PRIV-02: rows lie in the order of random ids, all of one transaction, whoever wrote last."""
    scene = LookingBack()
    written(scene)
    scene.go(phase)
    rows = physical()
    assert [pk for pk, _xmin in rows] == sorted(pk for pk, _xmin in rows)
    assert len({xmin for _pk, xmin in rows}) == 1


def test_ids_and_hashes_come_in_no_order():
    """Whoever writes first is not the first in the table: ids are those that the forms brought."""
    scene = LookingBack()
    written(scene)
    texts = [*Note.objects.order_by("pk").values_list("text", flat=True)]
    words = [word for of in WORDS.values() for word in of]
    assert texts in [[*one] for one in permutations(words)]
    assert texts != words


def test_a_hash_is_worth_nothing_without_the_browsers_secret():
    """Not a person, nor all persons, nor the words lead to it."""
    scene = LookingBack()
    written(scene)
    for note in Note.objects.all():
        for person in (scene.ann, scene.bo, scene.cy):
            for guess in (str(person.pk), person.username, person.email, note.text, ""):
                assert note.secret_hash not in {seal_of(guess, note.pk), seal_of(key_of(guess, person.pk), note.pk)}


def test_no_line_of_the_log_is_written_when_somebody_writes(caplog):
    """PRIV-02, PRIV-07: what was refused is told with who asked, and the author of a note is not refused."""
    scene = LookingBack()
    caplog.clear()
    browsers = written(scene)
    note = Note.objects.get(text="vellum")
    page = f"{scene.address}notes/{note.pk}/"
    assert browsers["Bo"].get(page).status_code == 200
    assert browsers["Bo"].post(page, {"unsigned-text": "velvet"}).status_code == 302
    assert [record.getMessage() for record in caplog.records] == []


def test_an_author_who_is_refused_is_not_told_with_the_note(caplog):
    """PRIV-02: an old page, another browser: nobody but its author knows the address of a note that lies face down."""
    scene = LookingBack()
    browser = written(scene)["Bo"]
    page = f"{scene.address}notes/{Note.objects.get(text='vellum').pk}/"
    late = Client(enforce_csrf_checks=True)
    late.cookies = browser.cookies
    caplog.clear()
    with caplog.at_level(logging.INFO):
        assert late.post(page, {"unsigned-text": "velvet"}).status_code == 403
        assert late.post(f"{page}withdrawal/").status_code == 403
        assert scene.client(scene.bo).get(page).status_code == 404
    told = [(one.route, one.id, one.person) for one in caplog.records if one.getMessage() == "Refused"]
    note, withdrawal = ("retros:note", None, scene.bo.pk), ("retros:note_withdrawal", None, scene.bo.pk)
    assert told == [note, withdrawal, note]


def test_no_address_of_a_note_is_logged_with_its_id():
    views = [one.callback for one in urlpatterns if "<int:note>" in str(one.pattern)]
    assert [view.__name__ for view in views if not getattr(view, "is_untraced", False)] == []
    assert len(views) == 6


def test_what_was_written_without_a_name_gets_none():
    """PRIV-02: a lead who says otherwise meanwhile learns nothing of who had begun to write."""
    scene = LookingBack()
    browser, before = scene.client(scene.bo), scene.retro
    assert "okrsite does not keep whose they are" in browser.get(scene.address).text
    words = frames.Agreed(why="", will_see="", well="", better="", stop="", is_anonymous=False)
    frames.agree(by=viewer_of(scene.abby), team=scene.team, version=1, agreed=words, now=NOW)
    typed = {"unsigned-WELL": "What I would not sign", **numbers(1)}
    refused = browser.post(f"{scene.address}notes/", typed)
    assert (refused.status_code, "Whether notes carry names was changed" in refused.text) == (409, True)
    with pytest.raises(NotNow):
        notes.write(hand=scene.hand(scene.bo), retro=before, note_pk=7, column=Column.WELL, text="Nor this")
    assert not Note.objects.exists()
    assert browser.post(f"{scene.address}notes/", typed | {"with_names": "True"}).status_code == 302
    assert Note.objects.get().author_id == scene.bo.pk
    assert 'name="with_names" value="True"' in browser.get(scene.address).text


def test_who_signs_in_later_in_the_same_browser_is_shown_nothing():
    """Row 33: a shared browser tells nobody what was written in it."""
    scene = LookingBack()
    browser = written(scene)["Ann"]
    note = Note.objects.get(text="umbra")
    page = f"{scene.address}notes/{note.pk}/"
    assert b"umbra" in browser.get(scene.address).content
    browser.force_login(scene.bo)
    assert browser.get(page).status_code == 404
    assert b"umbra" not in browser.get(scene.address).content
    scene.go("REVEAL")
    assert browser.post(page, {"unsigned-text": "Bo's"}).status_code == 403


def test_rewording_and_withdrawing_leave_no_trace_of_which_was_touched_last():
    scene = LookingBack()
    browsers = written(scene)
    scene.go("REVEAL")
    page = f"{scene.address}notes/{Note.objects.get(text='vellum').pk}/"
    browsers["Bo"].post(page, {"unsigned-text": "velvet"})
    assert len({xmin for _pk, xmin in physical()}) == 1
    browsers["Bo"].post(f"{page}withdrawal/")
    assert len({xmin for _pk, xmin in physical()}) == 1
    assert not Note.objects.filter(text__startswith="vel").exists()


def test_who_was_there_is_kept_and_when_is_not():
    """PRIV-02: that somebody took part stands apart, and is coarse."""
    scene = LookingBack()
    browsers = written(scene)
    browsers["Bo"].post(f"{scene.address}presence/")
    scene.go("DECIDE")
    version = scene.retro.session.version
    browsers["Ann"].post(f"{scene.address}moves/", {"version": version, "do": "end"})
    assert len({*Attendance.objects.values_list("first_at", "last_at")}) == 1


def test_what_was_typed_is_not_kept_on_the_way_through_the_door():
    """PRIV-02: whoever was signed out while they wrote has their words in the browser alone."""
    typed = [Typed("unsigned-WELL", "What I would not say"), Typed("sentence", "What I say")]
    kept = opened(close(Kept("/teams/comets/retro/2026-Q4/notes/", "mark", typed)))
    assert [one.value for one in kept.typed] == ["What I say"]

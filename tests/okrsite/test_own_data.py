"""Everybody can take all that is their own with them, and nothing of anybody else's (PRIV-04, IN-11, RL-04)."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from activity.models import Event
from core.costly import costly
from core.sheets import unguarded
from okrsite.keeping import KEEPING
from okrsite.own_data.columns import CALLED, COLUMNS, LEFT_OUT, WORDS
from okrsite.own_data.export import own_rows, zip_of
from people.models import Membership, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import (
    PASSWORD,
    KeyResultFactory,
    ObjectiveFactory,
    OrganisationFactory,
    UserFactory,
    ValueFactory,
)
from tests.okrsite.life import NAME, USERNAME, live
from tests.people.doors import sign_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE, FILE, AGAIN = "/settings/data/", "/settings/data/file/", "/accounts/reauthenticate/"


def opened(packed: bytes) -> dict[str, str]:
    """The files of a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def data_of(person) -> dict[str, list[dict[str, object]]]:
    return json.loads(opened(zip_of(viewer_of(person), now=NOW))["okrsite.json"])


def test_what_is_taken_is_what_the_table_says():
    """CON-04, PRIV-04: of every model; each column is taken, or left out on purpose."""
    assert {label for label, kept in KEEPING.items() if kept.of and kept.is_taken} == set(COLUMNS)
    assert set(LEFT_OUT) == set(COLUMNS)
    for label, columns in COLUMNS.items():
        fields = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        taken = [name.partition("__")[0] for name in columns]
        taken = [name if name in fields else name.removesuffix("_id") for name in taken]
        assert sorted([*taken, *LEFT_OUT[label]]) == sorted(fields), label
    assert set(CALLED) <= set(COLUMNS)
    assert all(set(words) <= set(COLUMNS[label]) for label, words in WORDS.items())


def test_all_of_it_is_there_and_nothing_of_anybody_elses():
    """PRIV-04: a row for each row of theirs in every table; and no word or name of another."""
    someone = live(NOW)
    zelda = someone.zelda
    taken = dict(own_rows(viewer_of(zelda), now=NOW))
    for label, rows in taken.items():
        kept = KEEPING[label]
        mine = apps.get_model(label)._base_manager.filter(Q(**{kept.of.replace(".", "__"): zelda.pk}))
        expected = [*mine.order_by("pk").values_list(*COLUMNS[label])]
        found = [tuple(row.values()) for row in rows]
        if label in WORDS:  # of a team's some are blank, as told below
            expected, found = ([row[:4] for row in rows] for rows in (expected, found))
        assert (label, found) == (label, expected)
        assert rows, label
    files = opened(zip_of(viewer_of(zelda), now=NOW))
    said = "".join(files.values())
    for name in ("OTHERS", "Jonas", "jonas", "Rosa", "rosa", "Ada", "new@example.org"):
        assert name not in said, name
    for own in (NAME, USERNAME, "PRIVATE", "SHARED", "What she logs", "PRIVATE line", "SHARED line"):
        assert own in said, own


def test_no_secret_is_in_it():
    someone = live(NOW)
    secrets = [someone.zelda.password, *someone.zelda.tokens.values_list("secret_hash", flat=True)]
    secrets += [value for row in apps.get_model("activity.Delivery").objects.all() if (value := row.sealed)]
    said = "".join(opened(zip_of(viewer_of(someone.zelda), now=NOW)).values())
    assert [one for one in secrets if one in said] == []


def test_json_and_sheets_say_the_same():
    """PRIV-04: machine-readable twice, each under the same name."""
    someone = live(NOW)
    files = opened(zip_of(viewer_of(someone.zelda), now=NOW))
    tables = json.loads(files["okrsite.json"])
    assert set(files) == {"README.txt", "okrsite.json", *(f"csv/{name}.csv" for name in tables)}
    assert [*tables] == [
        *("profile", "usernames", "absences", "memberships", "invitations", "tokens", "objectives", "co_owners"),
        *(
            "key_results",
            "steps",
            "amendments",
            "bets",
            "grades",
            "earlier_grades",
            "reviews",
            "confidences",
            "values",
            "comments_on_objectives",
        ),
        *(
            "suggestions",
            "suggested_objectives",
            "closings",
            "carry_overs",
            "record_shares",
            "ideas",
            "check_ins",
            "lines",
            "cheers",
        ),
        *(
            "comments_on_weeks",
            "drafts",
            "nudges",
            "promises",
            "seen",
            "health_marks",
            "outlooks",
            "room_confidences",
            "turns",
            "attendances",
            "notes_in_retros",
            "votes_in_retros",
            "answers_in_retros",
            "own_retros",
            "picked_for_recaps",
            "learnings",
        ),
        *("events", "mails", "sessions"),
    ]
    for name, rows in tables.items():
        head, *lines = csv.reader(io.StringIO(files[f"csv/{name}.csv"], newline=""))
        assert all(head == [*row] for row in rows)
        assert [[plain(cell) for cell in row.values()] for row in rows] == [
            [unguarded(cell) for cell in line] for line in lines
        ]
    assert files["README.txt"].startswith(f"What {NAME} wrote in okrsite")


def plain(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else json.dumps(cell) if isinstance(cell, dict | list) else str(cell)


def test_a_cell_is_no_formula_and_a_number_stays_one():
    """IN-11."""
    OrganisationFactory()
    person = UserFactory(name="=Mira")
    row = ObjectiveFactory(owner=person, title="=1+1", why="＠SUM(A1)", first_step="-2", hours=3)
    part = KeyResultFactory(objective=row, title="+1", intention="@a", unit="\t%", baseline=-5, target="-7.5")
    ValueFactory(key_result=part, amount=-6, source="-x")
    files = opened(zip_of(viewer_of(person), now=NOW))
    (line,) = csv.DictReader(io.StringIO(files["csv/objectives.csv"], newline=""))
    assert [line[name] for name in ("title", "why", "first_step", "hours")] == ["'=1+1", "'＠SUM(A1)", "'-2", "3"]
    (line,) = csv.DictReader(io.StringIO(files["csv/key_results.csv"], newline=""))
    names = ("title", "intention", "unit", "baseline", "target")
    assert [line[name] for name in names] == ["'+1", "'@a", "'\t%", "-5", "-7.5"]
    (line,) = csv.DictReader(io.StringIO(files["csv/values.csv"], newline=""))
    assert [line["amount"], line["source"]] == ["-6", "'-x"]
    (taken,) = json.loads(files["okrsite.json"])["key_results"]
    assert (taken["title"], taken["target"]) == ("+1", -7.5)


def test_of_a_teams_the_words_are_theirs_when_nobody_else_touched_it():
    """PRIV-04: else the title alone, without which a reading means nothing."""
    someone = live(NOW)
    zelda, about = someone.zelda, {"subject_type": "objectives.Objective", "at": NOW}
    row = zelda.objectives.get(kind="TEAM")
    for by, verb, words in ((zelda, "CREATED", "SHARED"), (someone.rosa, "REWORDED", "")):
        Event.objects.create(**about, subject_id=row.pk, by=by, verb=verb)
        (taken,) = [one for one in data_of(zelda)["objectives"] if one["id"] == row.pk]
        assert (taken["title"], taken["why"]) == ("SHARED", words)


def test_what_one_may_not_read_any_more_is_not_taken():
    """PRIV-01: an export is a page; whoever has left a team takes nothing of it that only the team reads."""
    zelda = live(NOW).zelda
    Membership.objects.filter(user=zelda).update(left_on=NOW.date())
    User.objects.update(manager=None, manager_since_on=None)
    taken = data_of(zelda)
    assert "What she logs" not in json.dumps(taken)
    assert not [row for row in taken["objectives"] if row["kind"] == "TEAM"]


def fresh(person):
    browser, _answer = sign_in(person.email)
    browser.post(AGAIN, {"password": PASSWORD})
    return browser


def test_the_link_needs_a_password_and_a_sign_in_and_ends_after_seven_days():
    """PRIV-04, AUTH-14: ready at once; later it asks again; in another browser, and after a week, it opens nothing."""
    OrganisationFactory()
    mira = UserFactory(name="Mira")
    browser, _answer = sign_in(mira.email)
    assert browser.get(FILE).status_code == 409
    asked = browser.post(PAGE)
    assert asked.headers["Location"].startswith(AGAIN)
    assert browser.get(FILE).status_code == 409
    ready = browser.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert "Your data is ready." in words_of(ready.text)
    assert "the link works until Thursday, 26 November" in words_of(ready.text)
    answer = browser.get(FILE)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="okrsite-mira.zip"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert json.loads(opened(answer.content)["okrsite.json"])["profile"][0]["name"] == "Mira"
    assert sign_in(mira.email)[0].get(FILE).status_code == 409
    almost, over = NOW + timedelta(days=7, seconds=-1), NOW + timedelta(days=7)
    with time_machine.travel(almost, tick=False):
        again = browser.get(FILE)
        assert again.headers["Location"].startswith(AGAIN)
        assert browser.post(again.headers["Location"], {"password": PASSWORD}, follow=True).status_code == 200
    with time_machine.travel(over, tick=False):
        assert browser.get(FILE).status_code == 409
        assert "Get my data ready" in browser.get(PAGE).text
    assert [*Event.objects.filter(verb="DATA_TAKEN").values_list("by", "subject_id", "data")] == [
        (mira.pk, mira.pk, {})
    ]
    browser.post("/accounts/logout/")
    assert browser.get(FILE).status_code == 302


def test_two_at_a_time():
    """RL-04."""
    OrganisationFactory()
    mira = UserFactory(name="Mira")
    browser = fresh(mira)
    browser.post(PAGE)
    with costly(mira.pk), costly(mira.pk):
        assert browser.get(FILE).status_code == 429
    assert [browser.get(FILE).status_code for _time in range(3)] == [200, 200, 200]


def test_as_many_questions_for_much_as_for_little():
    """PRIV-04: ready at once, however much there is."""
    someone = live(NOW)
    with CaptureQueriesContext(connection) as little:
        zip_of(viewer_of(someone.jonas), now=NOW)
    for number in range(5):
        row = ObjectiveFactory(owner=someone.jonas, created_at=datetime(2026, 10, 2 + number, tzinfo=UTC))
        ValueFactory.create_batch(3, key_result=KeyResultFactory(objective=row))
    with CaptureQueriesContext(connection) as much:
        zip_of(viewer_of(someone.jonas), now=NOW)
    assert (len(little), len(much)) == (58, 58)

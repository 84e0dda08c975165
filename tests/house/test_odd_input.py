"""Nothing that a client sends is a 5xx (CON-02); what is stored breaks no page (IN-10, IN-12)."""

import re
from collections.abc import Iterable
from itertools import cycle
from typing import Any

import pytest

from checkins.models import Line
from objectives.models import KeyResult, Objective
from people.models import AccessLink, Organisation, Team, Token, User
from tests.factories import (
    AmendmentFactory,
    EarlierGradeFactory,
    GradeFactory,
    KeyResultFactory,
    ObjectiveFactory,
    ReviewFactory,
    StepFactory,
)
from tests.house.forms import Found, forms_of
from tests.house.house import House, undone
from tests.house.pages import GIVEN_PATHS, PAGES_AND_PERSONAS

pytestmark = pytest.mark.django_db

NASTY = {
    "a null": "a\x00b",
    "a control": "a\x1b\x08b",
    "half a pair": "a\ud800b",
    "nothing": "",
    "blanks": " \t\u200b\u00a0",
    "huge": "9" * 5000,
    "beyond 64 bits": str(2**70),
    "negative": "-1",
    "not a number": "NaN",
    "endless": "Infinity",
    "exponent": "1e400",
    "fraction": "0.00000001",
    "other digits": "٣٫٥",
    "sql": "'; DROP TABLE people_user; --",
    "like": "%_\\%",
    "markup": '"><script>alert(1)</script>',
    "template": "{{ 7*7 }}{% debug %}%(name)s{0}",
    "no day": "2026-02-30",
    "a day in a week of the year 3000": "2999-12-31",
    "year zero": "0000-01-01",
    "year ten thousand": "10000-01-01T00:00:00-12:00",
    "right to left": "\u202eabc\u2066",
    "family": "👨‍👩‍👧‍👦" * 200,
    "long": "x" * 30_000,
    "path": "../../etc/passwd",
    "list": "[1, 2]",
}
EACH = ("a null", "half a pair", "huge")  # in turn, on every field alone
ALONE = "a day in a week of the year 3000"  # as good as any until somebody asks for its week; on every field alone
KEYS = (
    "quarter",
    "team",
    "q",
    "page",
    "edit",
    "next",
    "week",
    "version",
    "since",
    "cursor",
    "limit",
    "owner_id",
    "state",
)
ROADS = ("/teams/{}/", "/teams/{}/about/", "/people/{}/", "/check-in/{}/", "/objectives/{}/", "/key-results/{}/edit/",
         "/invitations/{}/", "/rooms/{}/", "/set-up/{}/", "/settings/mail/{}/", "/accounts/password/reset/key/{}/", "/api/v1/objectives/{}/",
         "/api/v1/{}/", "/{}")  # fmt: skip


def quoted(text: str) -> str:
    """As it stands in an address."""
    return Found("", [("", text)]).body().removeprefix("=")


def sent(house: House, persona: str, page: str, form: Found, **nasty: str) -> int:
    """The status of sending that form with that in it; taken back afterwards."""
    with undone():
        return (
            house.client(persona)
            .post(form.action or page, form.body(**nasty), content_type="application/x-www-form-urlencoded")
            .status_code
        )


@pytest.mark.parametrize("value", NASTY)
def test_an_address_may_hold_anything(house, value):
    """CON-02, IN-07, IN-13, IN-14, IN-18: in its path, and, on a third of the pages each, in its query under any name."""
    nasty, turn = quoted(NASTY[value][:7000]), [*NASTY].index(value)
    asked = [road.format(nasty) for road in ROADS]
    query = "&".join(f"{key}={nasty}" for key in KEYS)
    asked += [f"{house.path(words).partition('?')[0]}?{query}" for words in some(READ, turn, of=3)]
    answers = {path: house.get("alice", path).status_code for path in asked}
    assert {path: status for path, status in answers.items() if status >= 500} == {}


READ = [
    words
    for words in GIVEN_PATHS
    if words.startswith(
        ("api:", "checkins:", "objectives:mine", "objectives:new", "objectives:person", "people:people", "people:teams")
    )
]


def some(found: Iterable[Any], turn: int, *, of: int) -> list[Any]:
    """Each one `of` so many, others in the next turn: what reads a value is shared, so that not each must meet each."""
    return [*found][turn % of :: of]


def alike(text: str) -> str:
    """The same for forms and fields that differ in a number."""
    return re.sub("[0-9]+", "#", text)


def forms_for(house: House, persona: str) -> dict[str, tuple[str, Found]]:
    """Every form that stands on any page of that persona, one of each kind: the page, and the form."""
    found: dict[str, tuple[str, Found]] = {}
    for words, who in PAGES_AND_PERSONAS:
        if who == persona:
            path = house.path(words)
            for form in forms_of(house.get(persona, path).content.decode()):
                found.setdefault(alike(f"{form.action or path} {sorted(form.names)}"), (path, form))
    return found


@pytest.mark.parametrize(("persona", "besides"), [("alice", None), ("ada", "alice")])
def test_a_form_may_hold_anything(house, persona, besides):
    """CON-02, IN-01, IN-07, IN-08, IN-09, IN-14: every field of every form, some all at once, and each alone."""
    broken = []
    found = forms_for(house, persona)
    for known in forms_for(house, besides) if besides else ():
        found.pop(known, None)
    for number, (page, form) in enumerate(found.values()):
        for value in some(NASTY, number, of=6) if len(form.names) > 1 else EACH:
            status = sent(house, persona, page, form, **dict.fromkeys(form.names, NASTY[value]))
            broken += [f"{page}: all {value}: {status}"] if status >= 500 else []
        names = {alike(name): name for name in form.names}.values()
        for turn, name in zip(cycle(EACH), names, strict=False):
            for value in some((turn, ALONE), number, of=2):
                status = sent(house, persona, page, form, **{name: NASTY[value]})
                broken += [f"{page}: {name} {value}: {status}"] if status >= 500 else []
    assert broken == []
    assert len(found) >= (4 if besides else 12)


def test_a_body_that_is_no_form_is_an_empty_one(house):
    """IN-06: broken JSON, a lonely boundary, bad UTF-8, repeated names."""
    for kind, body in (
        ("application/json", b'{"title": '),
        ("application/json", b"[" * 100_000),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\na'),
        ("application/x-www-form-urlencoded; charset=utf-16", "title=a".encode("utf-16")),
        ("application/x-www-form-urlencoded; charset=no-such", b"title=%ff%fe"),
        ("application/x-www-form-urlencoded", b"title=a&title=b&kr-TOTAL_FORMS=1&kr-TOTAL_FORMS=99999999999"),
        ("text/plain", b"\x00\xff"),
    ):
        with undone():
            answer = house.client("alice").generic("POST", "/objectives/new/", body, content_type=kind)
        assert answer.status_code in {400, 413, 415, 422}, (kind, body[:20], answer.status_code)


HEADERS = (
    "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Referer", "Origin", "Host", "Cookie", "Range",
    "If-Match", "If-None-Match", "If-Modified-Since", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
    "X-CSRFToken", "HX-Request", "HX-Current-URL", "HX-Current-URL-URI-AutoEncoded", "HX-Target", "HX-Trigger",
    "HX-Prompt", "HX-History-Restore-Request",
)  # fmt: skip
BYTES = ("\x00", "a\x1b\x08b", "\xff\xfe", "\xed\xa0\x80", "%00", "x" * 9000, "9" * 5000, ';=,"', "http://[::1", "")


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_may_hold_anything(house, header):
    """IN-07: whatever is taken from a header, as bytes on the wire are handed over; the list of browsers shows it too."""
    broken = []
    for turn, value in enumerate(BYTES, HEADERS.index(header)):
        extra = {f"HTTP_{header.upper().replace('-', '_')}": value}
        for name, ask in some(ASKED, turn, of=3):
            with undone():
                status = ask(house.client("alice"), house.client("nobody"), extra).status_code
            broken += [(name, value[:9], status)] if status >= 500 else []
    assert broken == []


ASKED = (
    ("home", lambda alice, _nobody, extra: alice.get("/", **extra)),
    ("sessions", lambda alice, _nobody, extra: alice.get("/accounts/sessions/", **extra)),
    ("door", lambda _alice, nobody, extra: nobody.get("/objectives/", **extra)),
    ("sign-in", lambda _alice, nobody, extra: nobody.post("/accounts/login/", SIGN_IN, **extra)),
    ("edit", lambda alice, _nobody, extra: alice.post("/objectives/new/", {"title": "Typed"}, **extra)),
    ("notices", lambda alice, _nobody, extra: alice.get("/notices/", **extra)),
)
SIGN_IN = {"login": "a@example.org", "password": "x"}
MARKUP = '<img src=x onerror=alert(1)>{{ 7*7 }}\u202e"\'<b hx-get="/">'


def everything_is_markup(house: House) -> None:
    """Every text that somebody wrote."""
    Objective.objects.update(title=MARKUP, why=MARKUP, first_step=MARKUP)
    anchors = {"anchor_low": MARKUP, "anchor_good": MARKUP, "anchor_full": MARKUP}
    KeyResult.objects.update(title=MARKUP, intention=MARKUP, unit=MARKUP[:20], **anchors)
    for row in KeyResult.objects.all():
        StepFactory(key_result=row, label=MARKUP)
        GradeFactory(key_result=row, lesson=MARKUP)
        EarlierGradeFactory(key_result=row, lesson=MARKUP)
        AmendmentFactory(key_result=row, title=MARKUP, unit=MARKUP[:20], reason=MARKUP, steps=[[MARKUP, 100]])
    for row in Objective.objects.all():
        ReviewFactory(objective=row, achieved=MARKUP, again=MARKUP)
    Line.objects.update(text=MARKUP)
    User.objects.update(name=MARKUP)
    Team.objects.update(purpose=MARKUP, name=MARKUP)
    Organisation.objects.update(name=MARKUP)
    AccessLink.objects.update(message=MARKUP)
    Token.objects.update(name=MARKUP)
    let_go = {"state": "DROPPED", "state_reason": MARKUP, "title": MARKUP, "quarter": house.world.quarter}
    for kind, team in (("GROWTH", None), ("TEAM", house.world.rockets)):
        whole = ObjectiveFactory(owner=house.world.alice, kind=kind, team=team, audience="EVERYONE", **let_go)
        KeyResultFactory(objective=whole, title=MARKUP)
    KeyResultFactory(objective=house.world.objectives["EVERYONE"], title=MARKUP, state="DROPPED", state_reason=MARKUP)


@pytest.mark.parametrize("persona", ["nobody", "alice", "ada"])
def test_words_are_words_on_every_page(house, persona):
    """IN-10, IN-08: markup does nothing anywhere, and names are isolated."""
    everything_is_markup(house)
    for words, who in PAGES_AND_PERSONAS:
        if who == persona:
            answer = house.get(persona, house.path(words))
            body = answer.content.decode()
            if answer.headers["Content-Type"].startswith("text/calendar"):
                continue  # a file, which no browser shows as a page (HDR-11)
            assert (words, answer.status_code, "<img src=x" in body, '<b hx-get="/">' in body) == (
                words,
                200,
                False,
                False,
            )


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "al%ce"])
def test_what_is_searched_for_is_plain_text(house, typed):
    """IN-12: a per cent sign finds nobody whose name has none."""
    body = house.get("charlie", f"/people/?q={quoted(typed)}").content.decode()
    assert "xenia" not in body.casefold()
    assert "alice" not in body.casefold()
    assert "xenia" in house.get("charlie", "/people/?q=xen").content.decode().casefold()


def test_odd_words_come_back_as_they_were_typed(house):
    """IN-08, IN-12: byte for byte."""
    title = "100% _sure_ \\ '; DROP TABLE-- 👩🏽‍🚀 é שלום"
    row = house.world.objectives["EVERYONE"]
    data = {"title": title, "quarter": house.world.quarter.pk, "audience": "EVERYONE", "version": "1"}
    assert house.ask("alice", "POST", f"/objectives/{row.pk}/edit/", data).status_code == 302
    assert Objective.objects.get(pk=row.pk).title == title

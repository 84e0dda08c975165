"""The matrix of rights as it stands in matrix.toml, and how one of its requests is made and judged."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpResponse

from checkins.models import CheckIn, Session
from core.routes import routes
from objectives.actions import closings
from objectives.models import Bet, Idea, KeyResult, Objective, Quarter
from people.models import ApiUse, User
from people.viewer import viewer_of
from retros.models import Note, Retro
from retros.rules.secrets import key_of, seal_of
from tests.factories import GradeFactory, PromiseFactory, RecordShareFactory, ReviewFactory
from tests.factories.people import WEDNESDAY
from tests.factories.retros import ChoiceFactory, LearningFactory
from tests.house.house import House, cells, is_sign_in

APPS = {"okrsite", "retros", "checkins", "objectives", "activity", "people"}
TABLE = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
REFUSALS = {"403", "404", "409"}
Rows = dict[str, dict[Any, Any]]


WRITING = ("post", "patch", "put", "delete")
SCOPES = ("READ", "CHECK_IN", "FULL")


@dataclass(frozen=True)
class Ask:
    """One request of a row, and what it answers to whom.

    `opens` is the least scope with which a token does it; `is_draft` what no token of less than FULL sees;
    `by_body` where what is sent says whose it is.
    """

    row: str
    method: str
    to: str
    data: Mapping[str, Any]
    answers: Mapping[str, str]
    given: str
    opens: str = "FULL"
    is_draft: bool = False
    by_body: bool = False

    def __str__(self) -> str:
        return f"{self.row} {self.method} {self.to}"


def asks() -> list[Ask]:
    """Every request of every row whose things exist."""
    return list(_asks())


def _asks() -> Iterator[Ask]:
    for row in TABLE["row"]:
        for request in row.get("requests", []):
            method = next((name for name in WRITING if name in request), "get")
            data = request.get("data", {})
            yield Ask(
                row=str(row["number"]),
                method=method.upper(),
                to=request[method],
                data=TABLE["data"][data] if isinstance(data, str) else data,
                answers=cells(request.get("cells", row["cells"])),
                given=request.get("given", row.get("given", "")),
                opens=request.get("opens", "FULL" if method != "get" else "READ"),
                is_draft=request.get("is_draft", False),
                by_body=request.get("by_body", False),
            )


def with_token(ask: Ask, scope: str) -> dict[str, str]:
    """What the request answers to a program of each persona that has a token of that scope (guarantees, row B4).

    Nobody has none; Dan's opens nothing.
    """
    answers = {persona: word for persona, word in ask.answers.items() if persona != "nobody"}
    if SCOPES.index(scope) < SCOPES.index(ask.opens):
        return {persona: word if word == "L" else "403" for persona, word in answers.items()}
    if ask.is_draft and scope != "FULL":
        return {persona: word if word == "L" else "404" for persona, word in answers.items()}
    return answers


def waiting() -> list[str]:
    """What the rows that are still untested wait for."""
    return [row["waits_for"] for row in TABLE["row"] if "waits_for" in row]


def exists(awaited: str) -> bool:
    """Whether `model app.Name`, `field app.Name.field` or `address app:name` is there by now."""
    kind, name = awaited.split()
    if kind == "address":
        return name in {route.name for route in routes()}
    label, model, *field = name.split(".")
    known = {one.__name__: one for one in apps.get_app_config(label).get_models()}
    return model in known and set(field) <= {one.name for one in known[model]._meta.get_fields()}


def made(house: House, ask: Ask, persona: str, token: str = "") -> HttpResponse:
    """The answer to that request of that persona, or of a program of theirs with that token."""
    week = CheckIn.objects.filter(person=house.world.persona(persona), week_on=date(2026, 11, 16)).first()
    data = house.filled(dict(ask.data), version_of_week=week.version if week else 0)
    return house.ask(persona, ask.method, house.path(ask.to), data, token=token)


def judged(response: HttpResponse, before: Rows, after: Rows) -> str:
    """The word of the matrix for what happened; what was refused but left a trace gets a longer one."""
    word = "L" if is_sign_in(response) or response.status_code == 401 else str(response.status_code)
    word = "ok" if word in {"200", "201", "302"} else word
    return word if word == "ok" or before == after else f"{word}, and it left a trace"


def reached_only_own(before: Rows, after: Rows) -> bool:
    """Whether nothing that was there is changed or gone, and nothing was said about an objective."""
    kept = all(after[table].get(pk) == row for table, rows in before.items() for pk, row in rows.items())
    return kept and all(before[table] == after[table] for table in before if table.startswith("objectives."))


def tables() -> Rows:
    """Everything that our tables hold."""
    found = {}
    with connection.cursor() as cursor:
        for label, words in _questions().items():
            cursor.execute(words)
            found[label] = {row[0]: row for row in cursor.fetchall()}
    return found


COUNTS = {"uses", "counted_from", "used_on"}  # how often a program came: also when it was refused


@cache
def _questions() -> dict[str, str]:
    """A SELECT for each of our tables, its key first; written once, for they are asked thousands of times."""
    models = [model for model in apps.get_models() if model._meta.app_label in APPS and model is not ApiUse]
    return {model._meta.label: str(model._base_manager.values_list("pk", *_columns(model)).query) for model in models}


def _columns(model: Any) -> list[str]:
    return [name for name in (field.attname for field in model._meta.concrete_fields) if name not in COUNTS]


def closed(house: House) -> None:
    """The quarter is over for the rockets' objective that everybody reads."""
    Objective.objects.filter(pk=house.world.objectives["TEAM_EVERYONE"].pk).update(state="CLOSED")


def grading(house: House) -> None:
    """The quarter ends on the last day of November, so that it is graded now."""
    Quarter.objects.filter(pk=house.world.quarter.pk).update(ends_on=date(2026, 12, 1))


def ending(house: House) -> None:
    """The quarter ends in a week."""
    Quarter.objects.filter(pk=house.world.quarter.pk).update(ends_on=date(2026, 11, 25))


def ended(house: House) -> None:
    """And its lead has closed it for the rockets."""
    ending(house)
    quarter = Quarter.objects.get(pk=house.world.quarter.pk)
    closings.close(by=viewer_of(house.world.tara), team=house.world.rockets, quarter=quarter, now=WEDNESDAY)


def dropped(house: House) -> None:
    """One of the team's and three of Alice's were let go, and so were key results of others that go on."""
    reason = {"state": "DROPPED", "state_reason": "No."}
    objectives, key_results = house.world.objectives, house.world.key_results
    whole = ("TEAM_EVERYONE", "ONLY_ME", "MANAGER", "MY_TEAMS")
    Objective.objects.filter(pk__in=[objectives[mark].pk for mark in whole]).update(**reason)
    parts = ("TEAM_ONLY", "EVERYONE", "TEAM_DRAFT", "DRAFT")
    KeyResult.objects.filter(pk__in=[key_results[mark].pk for mark in parts]).update(**reason)


def deleted(house: House) -> None:
    """A published one of the team, a private one, and a key result of one for the team were taken away; so was Alice's idea."""
    keys = [house.world.objectives[mark].pk for mark in ("TEAM_EVERYONE", "ONLY_ME")]
    moment = house.world.objectives["ONLY_ME"].created_at.replace(month=11, day=18)
    Objective.objects.filter(pk__in=keys).update(deleted_at=moment)
    KeyResult.objects.filter(pk=house.world.key_results["MY_TEAMS"].pk).update(deleted_at=moment)
    Idea.objects.filter(pk=house.world.idea.pk).update(deleted_at=moment)


def deleted_bets(house: House) -> None:
    """Those of the team's objective."""
    bet = house.world.bets["TEAM_EVERYONE"]
    Bet.objects.filter(pk=bet.pk).update(deleted_at=bet.at.replace(day=18))


def comment_deleted(house: House) -> None:
    """By those who wrote them: Alice's on the team's objective, and Bob's on her week."""
    for comment in (house.world.comments["TEAM_EVERYONE"], house.world.week_comment):
        gone = {"deleted_at": comment.at.replace(day=18), "deleted_by": comment.by}
        type(comment).objects.filter(pk=comment.pk).update(**gone)


def managed_before(house: House) -> None:
    """Mona has been Alice's manager for longer than since today."""
    User.objects.filter(pk=house.world.alice.pk).update(manager_since_on=date(2026, 9, 1))


def unwritten(house: House) -> None:
    """Nobody has begun this week yet."""
    CheckIn.objects.filter(pk=house.world.unfinished.pk).delete()


def proposed(house: House) -> None:
    """Alice showed her draft to her manager."""
    row = house.world.objectives["DRAFT"]
    Objective.objects.filter(pk=row.pk).update(proposed_at=row.created_at, proposed_to=house.world.mona)


def retro_written(house: House) -> None:
    """The rockets write."""
    Session.objects.filter(pk=house.world.retro.session_id).update(phase="WRITE")


def retro_decided(house: House) -> None:
    """The rockets have chosen one change, which Tara keeps."""
    Session.objects.filter(pk=house.world.retro.session_id).update(phase="DECIDE")
    promise = PromiseFactory(by=house.world.tara, to=None, team=house.world.rockets, kind="ACTION", origin="RETRO")
    ChoiceFactory(pk=77, retro=house.world.retro, promise=promise)


def retro_over(house: House) -> None:
    """The rockets have looked back."""
    retro_decided(house)
    at = house.world.session.started_at
    Session.objects.filter(pk=house.world.retro.session_id).update(held_at=at)


def retro_published(house: House) -> None:
    """They have told everybody what they chose."""
    retro_over(house)
    told = {"published_at": house.world.session.started_at, "published_by": house.world.bob, "summary": "Fewer things"}
    Retro.objects.filter(pk=house.world.retro.pk).update(**told)


def retro_anonymous(house: House) -> None:
    """Alice's note has no name. All browsers have the secret of hers: without her session it is worth nothing."""
    house.room.update(SimpleCookie({"okrsite-hand": "her-hand"}))
    note = house.world.note
    seal = seal_of(key_of("her-hand", house.world.alice.pk), note.pk)
    Note.objects.filter(pk=note.pk).update(author=None, secret_hash=seal)
    Retro.objects.filter(pk=house.world.retro.pk).update(is_anonymous=True)


def learned(house: House) -> None:
    """Alice graded what everyone reads and what she keeps to herself, and it is closed; she shared the first."""
    parts = house.world.key_results
    closed(house)
    taught = GradeFactory(pk=78, key_result=parts["EVERYONE"])
    GradeFactory(pk=81, key_result=parts["ONLY_ME"])
    ReviewFactory(pk=79, objective=parts["EVERYONE"].objective)
    LearningFactory(pk=80, grade=taught)


def given(house: House) -> None:
    """Alice let Bob read her growth record, and Mona until yesterday."""
    RecordShareFactory(pk=82, owner=house.world.alice, reader=house.world.bob)
    RecordShareFactory(pk=83, owner=house.world.alice, reader=house.world.mona, until_on=date(2026, 11, 17))


def as_it_is(house: House) -> None:
    """Nothing was done to it."""
    assert User.objects.count() == 10


GIVEN: dict[str, Callable[[House], None]] = {
    "": as_it_is,
    "closed": closed,
    "deleted_bets": deleted_bets,
    "comment_deleted": comment_deleted,
    "deleted": deleted,
    "dropped": dropped,
    "given": given,
    "grading": grading,
    "ended": ended,
    "ending": ending,
    "learned": learned,
    "managed_before": managed_before,
    "proposed": proposed,
    "retro_anonymous": retro_anonymous,
    "retro_decided": retro_decided,
    "retro_over": retro_over,
    "retro_published": retro_published,
    "retro_written": retro_written,
    "unwritten": unwritten,
}

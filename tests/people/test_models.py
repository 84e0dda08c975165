"""What the database refuses about people and teams, and the vocabulary of reading them."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from core.calendar import Week
from people.models import Absence, Membership, Organisation, Team, User
from people.viewer import Place, Report, Viewer, viewer_of
from tests.conftest import NOW
from tests.factories import (
    AbsenceFactory,
    MembershipFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
    make_world,
)

TODAY = date(2026, 11, 19)


def oneself(user: User) -> dict[str, object]:
    return {"manager": user, "manager_since_on": TODAY}


CHECKED = [
    ("organisation_is_one", lambda: OrganisationFactory(id=2)),
    ("organisation_fiscal_start_is_a_month", lambda: OrganisationFactory(fiscal_start_month=13)),
    ("user_is_not_their_own_manager", lambda: User.objects.filter(pk=(it := UserFactory()).pk).update(**oneself(it))),
    ("user_manager_has_a_since", lambda: UserFactory(manager=UserFactory(), manager_since_on=None)),
    ("user_manager_has_a_since", lambda: UserFactory(manager_since_on=TODAY)),
    ("user_theme_is_known", lambda: UserFactory(theme="PINK")),
    ("absence_ends_after_it_begins", lambda: AbsenceFactory(first_on=TODAY, last_on=TODAY - timedelta(days=1))),
    ("team_kind_is_known", lambda: TeamFactory(kind="TRIBE")),
    ("team_length_is_known", lambda: TeamFactory(length="YEAR")),
    ("team_celebrates_on_a_weekday", lambda: TeamFactory(celebration_weekday=7)),
    ("team_celebrates_every_one_to_four_weeks", lambda: TeamFactory(celebration_every=0)),
    ("team_celebrates_every_one_to_four_weeks", lambda: TeamFactory(celebration_every=5)),
    ("team_reminder_hour_is_an_hour", lambda: TeamFactory(reminder_hour=24)),
    ("team_grades_one_to_four_weeks", lambda: TeamFactory(grading_weeks=0)),
    ("team_grades_one_to_four_weeks", lambda: TeamFactory(grading_weeks=5)),
    ("team_is_not_its_own_parent", lambda: Team.objects.filter(pk=(it := TeamFactory()).pk).update(parent=it)),
    ("team_alone_has_a_parent", lambda: TeamFactory(kind="CIRCLE", parent=TeamFactory())),
    ("membership_role_is_known", lambda: MembershipFactory(role="BOSS")),
    ("membership_ends_after_it_begins", lambda: MembershipFactory(left_on=date(2026, 8, 31))),
]
UNIQUE = {
    "one organisation": lambda: [TeamFactory(kind="ORGANISATION") for _twice in range(2)],
    "one address": lambda: [TeamFactory(slug="same") for _twice in range(2)],
    "one team a form": lambda: [TeamFactory(client_key=UUID(int=7)) for _twice in range(2)],
    "one membership at a time": lambda: MembershipFactory(team=(it := MembershipFactory()).team, user=it.user),
    "one username": lambda: [UserFactory(username="same", email=f"{n}@example.org", handle=None) for n in "ab"],
    "one mail address": lambda: [UserFactory(username=n, email="same@example.org") for n in "ab"],
}


@pytest.mark.parametrize(("name", "breaking"), CHECKED)
def test_the_database_refuses_what_must_never_be(db, name, breaking):
    """DB-01."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breaking()


@pytest.mark.parametrize("what", UNIQUE)
def test_the_database_keeps_one(db, what):
    """CC-09."""
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        UNIQUE[what]()


def test_a_membership_may_begin_again_and_end_on_its_first_day(db):
    first = MembershipFactory(left_on=date(2026, 9, 1))
    MembershipFactory(team=first.team, user=first.user)
    assert Membership.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["50% Club", "Ann_Lee", "AnnaLee", "Éva Nagy"]),
        ("ann", ["Ann_Lee", "AnnaLee"]),
        ("LEE ann", ["Ann_Lee", "AnnaLee"]),
        ("ÉVA", ["Éva Nagy"]),
        ("éva nagy", ["Éva Nagy"]),
        ("_", ["Ann_Lee"]),
        ("%", ["50% Club"]),
        (".", []),
        ("a.*", []),
        ("\\", []),
        ("***=a", []),
        ("[", []),
        ("' OR 1=1 --", []),
    ],
)
def test_names_are_looked_for_in_plain_characters(db, words, expected):
    """IN-12: what means something to SQL, LIKE or a regular expression is a character like any other."""
    for name in ("Ann_Lee", "AnnaLee", "50% Club", "Éva Nagy"):
        UserFactory(name=name, username=f"user-{len(name)}-{ord(name[0])}-{ord(name[3])}")
    assert [user.name for user in User.objects.named(words).by_name()] == expected


def test_only_ten_words_are_used(db):
    """IN-15."""
    UserFactory(name="Ann")
    assert User.objects.named("a " * 10 + "zzz").count() == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mira okafor", ["mira-okafor", "mira-okafor-2"]),
        ("mira-okafor", ["mira-okafor"]),
        ("MIRA-OKAFOR-2", ["mira-okafor-2"]),
        ("mira", []),
        ("mira.okafor", []),
    ],
)
def test_somebody_is_called_by_a_whole_name(db, text, expected):
    for username in ("mira-okafor", "mira-okafor-2"):
        UserFactory(name="Mira Okafor", username=username)
    assert sorted(user.username for user in User.objects.called(text)) == expected


def test_who_sees_whose_days_away(db):
    """Decisions 7: one's teams and one's manager, nobody else; a site admin as such does not."""
    world = make_world()
    seen = {
        name
        for name in ("charlie", "bob", "alice", "mona", "max", "xenia", "tara", "xavier", "ada", "dan")
        if Absence.objects.visible_to(viewer_of(world.persona(name))).exists()
    }
    assert seen == {"alice", "bob", "tara", "mona"}


def test_present_members_can_sign_in_and_have_not_left(db):
    team = TeamFactory()
    MembershipFactory(team=team, user=UserFactory(name="Here"))
    MembershipFactory(team=team, user=UserFactory(name="Off", switched_off_at=NOW))
    MembershipFactory(team=team, user=UserFactory(name="Erased", switched_off_at=NOW, erased_at=NOW))
    MembershipFactory(team=team, user=UserFactory(name="Left"), left_on=TODAY)
    assert [row.user.name for row in Membership.objects.present().by_name()] == ["Here"]
    assert Membership.objects.present().numbers() == {team.pk: 1}


def test_the_organisation_comes_first(db):
    for name, kind in (("Zeta", "ORGANISATION"), ("beta", "CIRCLE"), ("Alpha", "TEAM")):
        TeamFactory(name=name, kind=kind)
    TeamFactory(name="Closed", closed_at=NOW)
    assert next(iter(Team.objects.open().in_order())).name == "Zeta"
    assert {one.name for one in Team.objects.possible_parents()} == {"Zeta", "Alpha"}


def test_places_are_those_in_open_teams(db):
    user = UserFactory()
    for name, fields in (
        ("Circle", {"kind": "CIRCLE"}),
        ("Alpha", {}),
        ("Closed", {"closed_at": NOW}),
        ("All", {"kind": "ORGANISATION"}),
    ):
        MembershipFactory(team=TeamFactory(name=name, **fields), user=user)
    assert [row.team.name for row in Membership.objects.current().of_open_teams()] == ["Alpha", "Circle"]


def test_words_of_rows(db):
    """How rows name themselves, for those who look into the database."""
    OrganisationFactory()
    absence = AbsenceFactory()
    membership = MembershipFactory(user=absence.user)
    assert str(Organisation.objects.get()) == "Northlight"
    assert str(absence) == "2026-11-23 – 2026-11-29"
    assert str(membership) == f"{absence.user_id} in {membership.team_id}"
    assert (str(membership.team), str(absence.user)) == (membership.team.name, absence.user.name)


def test_a_membership_overlaps_what_it_touches(db):
    membership = MembershipFactory(joined_on=date(2026, 10, 5), left_on=date(2026, 10, 9))
    days = [(date(2026, 10, 1), date(2026, 10, 5)), (date(2026, 10, 8), date(2026, 10, 9)), (date(2026, 10, 9), TODAY)]
    assert [membership.overlaps(first, end) for first, end in days] == [False, True, False]
    found = [Membership.objects.overlapping(first, end).count() for first, end in days]
    assert found == [0, 1, 0]


def test_a_viewer_holds_all_that_decides_what_a_reader_sees(db):
    """Those of the organisation, of former and closed teams and former members are nobody's teammates."""
    manager, me = UserFactory(), UserFactory(name="Mira", username="mira", zone="Europe/Berlin", theme="DARK")
    User.objects.filter(pk=me.pk).update(manager=manager, manager_since_on=TODAY)
    report = UserFactory(manager=me)
    UserFactory(manager=me, erased_at=NOW)
    here, circle = TeamFactory(name="Here"), TeamFactory(name="Circle", kind="CIRCLE")
    place, left, closed = TeamFactory(kind="ORGANISATION"), TeamFactory(), TeamFactory(closed_at=NOW)
    mates = {team.pk: MembershipFactory(team=team).user_id for team in (here, circle, place, left, closed)}
    MembershipFactory(team=here, left_on=TODAY)
    for day, team in enumerate((circle, here, place, closed), start=1):
        role = "LEAD" if team == here else "MEMBER"
        MembershipFactory(team=team, user=me, role=role, joined_on=date(2026, 9, day))
    MembershipFactory(team=left, user=me, left_on=TODAY)
    assert viewer_of(User.objects.get(pk=me.pk)) == Viewer(
        pk=me.pk,
        name="Mira",
        username="mira",
        zone=ZoneInfo("Europe/Berlin"),
        theme="DARK",
        is_site_admin=False,
        manager_pk=manager.pk,
        places=(
            Place(circle.pk, circle.slug, "Circle", "CIRCLE", "MEMBER"),
            Place(here.pk, here.slug, "Here", "TEAM", "LEAD"),
            Place(place.pk, place.slug, place.name, "ORGANISATION", "MEMBER"),
        ),
        teammate_pks=frozenset([me.pk, mates[here.pk], mates[circle.pk]]),
        reports=(Report(report.pk, Week(date(2026, 8, 31))),),
        closed=(Place(closed.pk, closed.slug, closed.name, "TEAM", "MEMBER"),),
    )


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        ("ada", {"alice", "mona", "ada"}),
        ("mona", {"alice", "mona"}),
        ("alice", {"alice"}),
        ("max", {"mona"}),
        ("xenia", set()),
        ("bob", set()),
    ],
)
def test_who_is_told_whom_somebody_reports_to(db, persona, expected):
    """A site admin, the manager and the person."""
    world = make_world()
    viewer = viewer_of(world.persona(persona))
    told = {name for name in ("alice", "mona", "ada") if viewer.knows_manager_of(world.persona(name))}
    assert told == expected

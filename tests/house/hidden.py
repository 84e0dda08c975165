"""One more of everything that a persona may not read, put where it would show if a page forgot to ask."""

from datetime import date, datetime, timedelta

from activity.models import Event, Notice
from checkins.models import RoomConfidence
from objectives.actions.snapshots import take
from objectives.models import Closing, Objective
from people.models import Membership, User
from retros.models import Retro
from tests.factories import (
    AbsenceFactory,
    AccessLinkFactory,
    AmendmentFactory,
    BetFactory,
    CheckInFactory,
    CheerFactory,
    CommentFactory,
    ConfidenceFactory,
    CoOwnerFactory,
    DeliveryFactory,
    DraftFactory,
    EarlierGradeFactory,
    GradeFactory,
    HealthMarkFactory,
    IdeaFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    OutlookFactory,
    PromiseFactory,
    QuarterFactory,
    RecordShareFactory,
    RevealFactory,
    ReviewFactory,
    RoomConfidenceFactory,
    RoomLinkFactory,
    SeenFactory,
    SessionFactory,
    StepFactory,
    SuggestedObjectiveFactory,
    SuggestionFactory,
    TokenFactory,
    UserFactory,
    ValueFactory,
    WeekCommentFactory,
    World,
)
from tests.factories.people import WEDNESDAY, WEEK_46, WEEK_47
from tests.factories.retros import (
    AnswerFactory,
    ChoiceFactory,
    LearningFactory,
    NoteFactory,
    OwnRetroFactory,
    PickFactory,
    ReadyFactory,
    RetroFactory,
    VoteFactory,
)
from tests.house.pages import readers

NEAR_ALICE = {"alice", "bob", "tara", "mona"}  # her team, and whoever manages her
LONG_AGO = WEDNESDAY - timedelta(days=31)  # nobody restores it any more
MARKS = ("ONLY_ME", "MANAGER", "MY_TEAMS", "DRAFT", "TEAM_ONLY", "TEAM_DRAFT")

Q3 = {"slug": "2026-Q3", "first_on": date(2026, 7, 1), "ends_on": date(2026, 10, 1)}


def prepare(world: World) -> None:
    """What the hidden things will hang on, and which is no secret itself: a quarter before this one, and that three of
    the rockets have set how sure they are."""
    QuarterFactory(**Q3)
    for person in (world.alice, world.bob, world.tara):
        RoomConfidenceFactory(reveal=world.reveal, person=person, level=3)


def add(world: World, persona: str) -> None:
    """Put one more of everything hidden from `persona` into the world."""
    reader = world.persona(persona)
    for mark in MARKS:
        if persona not in readers(mark):
            for quarter in ("2026-Q4", "2026-Q3"):
                for owner in _owners(world, mark, reader):
                    _objective(world, mark, quarter, reader, owner)
    _held(world)
    _plans(world, reader)
    _deleted(world, reader)
    _decided(world, reader)
    _weeks(world, persona)
    _people(world, persona)
    _post(world, reader)
    _told_of(world, reader)
    _suggested(world, persona)
    _suggested_whole(world, persona)
    _promised(world, persona)
    _sealed(world, reader)
    _looked_back(world, persona)


def _sealed(world: World, reader: User | None) -> None:
    """Other numbers of the others, before all are shown; one of who has left the room; what another room was shown."""
    RoomConfidence.objects.exclude(person=reader).update(level=9)
    away = UserFactory(name="HIDDEN away", erased_at=WEDNESDAY)
    RoomConfidenceFactory(reveal=world.reveal, person=away, level=1)
    if reader != world.xavier:
        on = SessionFactory(team=world.harbour, facilitator=world.xavier, phase="ROUNDS", on_stage=world.xavier)
        elsewhere = RevealFactory(session=on, key_result=world.key_results["EVERYONE"], shown_at=WEDNESDAY)
        for person in (world.xavier, away):
            RoomConfidenceFactory(reveal=elsewhere, person=person, level=2)


def _looked_back(world: World, persona: str) -> None:
    """Retros of others, with all that is in them; what people write for themselves."""
    for name in ("alice", "bob", "charlie", "xavier", "tara"):
        if name != persona:
            OwnRetroFactory(owner=world.persona(name), quarter=world.quarter, well="HIDDEN well")
    others = [one for one in (world.alice, world.bob, world.mona) if one != world.persona(persona)]
    RecordShareFactory(owner=others[0], reader=others[1])
    RecordShareFactory(owner=world.dan, reader=others[0])
    gone = ObjectiveFactory(owner=world.alice, quarter=world.quarter, audience="EVERYONE", deleted_at=LONG_AGO)
    left = KeyResultFactory(objective=world.objectives["DAN"], owner=world.dan, deleted_at=WEDNESDAY)
    for part in (KeyResultFactory(objective=gone), left):
        LearningFactory(grade__key_result=part, text="HIDDEN learning", text_key="hidden learning")
    if persona not in {"alice", "bob", "tara"}:
        PickFactory(person=world.bob, team=world.rockets, quarter=world.quarter, moment="HIDDEN moment")
    if persona != "xavier":
        PickFactory(person=world.xavier, team=world.harbour, quarter=world.quarter, moment="HIDDEN moment")
    _picked(world, persona)
    if persona not in {"alice", "bob", "tara"}:
        _retro_in(world, world.retro)
    if persona != "xavier":
        session = SessionFactory(kind="RETRO", phase="DECIDE", team=world.harbour, facilitator=world.xavier)
        _retro_in(world, RetroFactory(session=session, quarter=world.own_quarter, summary="HIDDEN summary"))


def _picked(world: World, persona: str) -> None:
    """For the recap of the rockets a line about what Alice keeps to herself: nobody of them sees that there is one."""
    if persona != "alice":
        week, about = world.check_in, world.objectives["ONLY_ME"]
        line = LineFactory(check_in=week, objective=about, kind="DID", text="HIDDEN line that was picked")
        PickFactory(person=world.alice, team=world.rockets, quarter=world.quarter, moment="", line=line)


def _retro_in(world: World, retro: Retro) -> None:
    for is_revealed in (True, False):
        note = NoteFactory(retro=retro, text="HIDDEN note", is_revealed=is_revealed)
    VoteFactory(note=note, by=world.dan)
    ReadyFactory(retro=retro, person=world.dan)
    AnswerFactory(retro=retro, by=world.dan, sentence="HIDDEN sentence")
    hidden = {"by": UserFactory(name=f"HIDDEN keeper {retro.pk}", erased_at=WEDNESDAY), "text": "HIDDEN change"}
    ChoiceFactory(retro=retro, promise=PromiseFactory(**hidden, to=None, team=retro.team, state="RELEASED"))


def _held(world: World) -> None:
    """In the snapshot of a quarter that was closed."""
    hidden = Objective.objects.filter(title="HIDDEN title").values_list("pk", flat=True)
    row = Closing.objects.get(pk=world.closing.pk)
    Closing.objects.filter(pk=row.pk).update(snapshot=[*row.snapshot, *take([*hidden], closed=[*hidden])])


def _promised(world: World, persona: str) -> None:
    """Within a team that is not theirs, between two others, and about what they may not read; what was let go."""
    reader = world.persona(persona)
    for name, team in (("tara", world.rockets), ("xavier", world.harbour)):
        mine = Membership.objects.filter(user=reader, team=team, left_on=None)
        made = {"by": world.persona(name), "team": team, "to": None, "text": "HIDDEN promise"}
        if persona != name:
            PromiseFactory(
                **made, objective=world.objectives["ONLY_ME"] if reader != world.alice else None, state="RELEASED"
            )
            PromiseFactory(**made | {"team": None, "to": UserFactory(name=f"HIDDEN {name}", erased_at=WEDNESDAY)})
            if not mine.exists():
                PromiseFactory(**made)
                PromiseFactory(**made, key_result=world.key_results["EVERYONE"])
                PromiseFactory(**made, objective=world.objectives["EVERYONE"])
    for mark in MARKS:
        if persona not in {*readers(mark), "tara"}:
            for about in ({"objective": world.objectives[mark]}, {"key_result": world.key_results[mark]}):
                PromiseFactory(by=world.tara, to=None, team=world.rockets, text="HIDDEN promise", **about)


def _answered(world: World) -> dict[str, object]:
    return {"answered_at": WEDNESDAY, "answered_by": world.alice}


def _suggested(world: World, persona: str) -> None:
    """On what they read: between somebody else and those who word it; and what was taken back."""
    for mark, words_it in (("EVERYONE", {"alice"}), ("TEAM_EVERYONE", {"alice", "tara"})):
        fields = {"objective": world.objectives[mark], "by": UserFactory(name=f"HIDDEN {mark}", erased_at=WEDNESDAY)}
        SuggestionFactory(title="HIDDEN suggestion", state="WITHDRAWN", **fields, **_answered(world))
        if persona not in words_it:
            SuggestionFactory(title="HIDDEN suggestion", **fields)
            declined = {"answer": "HIDDEN answer", "state": "DECLINED"}
            SuggestionFactory(title="HIDDEN suggestion", **fields, **declined, **_answered(world))


def _suggested_whole(world: World, persona: str) -> None:
    """Between others; what the reader suggested to whom they are near no more; and to them, what was taken back."""
    reader = world.persona(persona)
    back = {"state": "WITHDRAWN", "answered_at": WEDNESDAY}
    words = {"title": "HIDDEN whole", "why": "HIDDEN why", "key_results": "HIDDEN line"}
    for number, name in enumerate(("alice", "bob", "tara")):
        other = UserFactory(name=f"HIDDEN whole {number}", erased_at=WEDNESDAY)
        if persona != name:
            SuggestedObjectiveFactory(by=other, to=world.persona(name), **words)
        SuggestedObjectiveFactory(by=other, to=world.persona(name), **words, **back)
    if reader is not None:
        SuggestedObjectiveFactory(by=reader, to=UserFactory(name="HIDDEN far", erased_at=WEDNESDAY), **words)


def _owners(world: World, mark: str, reader: User | None) -> set[User]:
    """Who answers for it; for a team's also the reader, who has left the team since."""
    like = world.objectives[mark]
    return {like.owner, reader} if reader is not None and like.kind == "TEAM" else {like.owner}


def _objective(world: World, mark: str, quarter: str, reader: User | None, owner: User) -> None:
    """Like the world's own of that mark: full of words, logged, and with the reader's name where it gives no right."""
    like = world.objectives[mark]
    twin = ObjectiveFactory(
        title="HIDDEN title",
        why="HIDDEN why",
        first_step="HIDDEN step",
        hours=5,
        owner=owner,
        team=like.team,
        kind=like.kind,
        audience=like.audience,
        state=like.state,
        quarter=QuarterFactory(slug=quarter),
        position=0,
        state_at=WEDNESDAY,
    )
    _told(world, twin, reader)
    if reader is not None and like.team is not None and like.kind == "TEAM":
        CoOwnerFactory(objective=twin, user=reader)  # from before they left the team
    for logs in {like.owner, reader or like.owner}:
        key_result = KeyResultFactory(objective=twin, title="HIDDEN key result", owner=logs)
        for week_on, level in ((WEEK_46, 9), (WEEK_47, 1)):
            ConfidenceFactory(key_result=key_result, week_on=week_on, level=level, by=like.owner)
        ValueFactory(key_result=key_result, by=like.owner)
        StepFactory(key_result=key_result, label="HIDDEN step")
        GradeFactory(key_result=key_result, lesson="HIDDEN lesson", by=like.owner)
        EarlierGradeFactory(key_result=key_result, lesson="HIDDEN first lesson", by=like.owner)
        BetFactory(key_result=key_result, if_we="HIDDEN bet", because="HIDDEN reason", by=reader or like.owner)
        AmendmentFactory(key_result=key_result, title="HIDDEN wording", reason="HIDDEN reason", by=like.owner)
    ReviewFactory(objective=twin, achieved="HIDDEN end", again="HIDDEN words anew", by=like.owner)
    LineFactory(check_in=world.check_in, objective=twin, text="HIDDEN line")
    CommentFactory(objective=twin, text="HIDDEN comment")
    SuggestionFactory(
        objective=twin, title="HIDDEN words", by=reader or like.owner, state="ACCEPTED", **_answered(world)
    )
    hand = UserFactory(name=f"HIDDEN hand {twin.pk}", erased_at=WEDNESDAY)
    whole = {"title": "HIDDEN whole", "state": "ACCEPTED", "answered_at": WEDNESDAY, "objective": twin}
    SuggestedObjectiveFactory(**whole, to=owner, by=hand)


def _plans(world: World, reader: User | None) -> None:
    """In a quarter of the harbour's own, and in one of a length that it no longer has."""
    team = {"owner": world.xavier, "kind": "TEAM", "team": world.harbour, "title": "HIDDEN plan"}
    if reader != world.xavier:
        ObjectiveFactory(**team, audience="TEAM", state="DRAFT", quarter=world.own_quarter)
        ObjectiveFactory(**team, audience="TEAM", quarter=QuarterFactory(**Q3))
    if reader != world.alice:
        ObjectiveFactory(title="HIDDEN plan", owner=world.alice, audience="ONLY_ME", quarter=world.own_quarter)


def _told(world: World, twin: Objective, reader: User | None) -> None:
    """Who reads it was changed, and who answers for it: in nobody's list who may not read it."""
    about = {"at": WEDNESDAY, "by": world.tara, "subject_type": Objective._meta.label, "subject_id": twin.pk}
    people = {"owner": reader.pk if reader else 0, "was": world.alice.pk}
    Event.objects.create(**about, verb="HANDED_OVER", team_id=twin.team_id, data=people)
    opened = {"fields": ["audience"], "audience": ["EVERYONE", "ONLY_ME"]}
    Event.objects.create(**about, verb="REWORDED", team_id=twin.team_id, data=opened)


def _decided(world: World, reader: User | None) -> None:
    """About others: what is theirs and the site admin's to know."""
    for person in (world.alice, world.max):
        if reader is None or (person != reader and not reader.is_site_admin):
            data = {"manager": world.xavier.pk, "was": world.charlie.pk}
            if reader not in {world.xavier}:
                about = {"subject_type": User._meta.label, "subject_id": person.pk}
                Event.objects.create(at=WEDNESDAY, by=world.ada, verb="MANAGER_SET", data=data, **about)


def _deleted(world: World, reader: User | None) -> None:
    """Dan's are not for anybody to restore; a deleted one of everybody's is read by nobody."""
    ObjectiveFactory(title="HIDDEN deleted", owner=world.dan, audience="EVERYONE", deleted_at=WEDNESDAY)
    if reader != world.alice:
        ObjectiveFactory(title="HIDDEN deleted", owner=world.alice, audience="EVERYONE", deleted_at=WEDNESDAY)


def _weeks(world: World, persona: str) -> None:
    """Weeks that are not done, of people whom nobody else would see; done ones of those one is not near; drafts, and
    ideas on shelves."""
    for name in ("bob", "tara", "mona", "charlie", "xavier"):
        if name != persona:
            unfinished = CheckInFactory(person=world.persona(name), week_on=date(2026, 11, 2), done_at=None)
            LineFactory(check_in=unfinished, text="HIDDEN unfinished")
    for name in ("alice", "bob", "tara", "mona", "charlie", "xavier"):
        if name != persona:
            DraftFactory(person=world.persona(name), week_on=WEEK_47, typed={"did": "HIDDEN typed"})
            for deleted_at in (None, WEDNESDAY):
                shelved = {"owner": world.persona(name), "deleted_at": deleted_at}
                IdeaFactory(title="HIDDEN idea", why="HIDDEN why", **shelved)
    if persona not in NEAR_ALICE:
        done = CheckInFactory(person=world.alice, week_on=date(2026, 10, 26))
        LineFactory(check_in=done, text="HIDDEN done")
        CheerFactory(check_in=world.check_in, by=world.tara, text="HIDDEN cheer")
        WeekCommentFactory(check_in=world.check_in, by=world.tara, text="HIDDEN comment", mentions=["alice"])


def _told_of(world: World, reader: User | None) -> None:
    """Of a comment on what they may not read any more."""
    if reader in {None, world.alice}:
        return
    comment = world.comments["ONLY_ME"]
    about = {"subject_type": comment._meta.label, "subject_id": comment.pk, "data": {"mentioned": [reader.pk]}}
    event = Event.objects.create(at=WEDNESDAY, by=world.alice, verb="COMMENTED", **about)
    Notice.objects.create(person=reader, event=event)
    SeenFactory(check_in=world.check_in, by=UserFactory(name="HIDDEN manager", erased_at=WEDNESDAY))


def _people(world: World, persona: str) -> None:
    """Absences, invitations into and room links of teams that one does not look after, other people's tokens."""
    for person in (world.alice, world.bob):
        if person != world.persona(persona):
            TokenFactory(person=person, name="HIDDEN token")
    if persona not in NEAR_ALICE:
        AbsenceFactory(user=world.alice, first_on=date(2026, 11, 18), last_on=date(2026, 11, 20))
    for team, by, others in ((world.rockets, world.tara, {"alice", "bob"}), (world.harbour, world.xavier, set())):
        if persona not in {by.username, *others}:
            HealthMarkFactory(metric__team=team, metric__name="HIDDEN metric", state="RED", note="HIDDEN note", by=by)
            OutlookFactory(team=team, text="HIDDEN week", by=by)
    if persona not in {"xavier", "ada"}:
        RoomLinkFactory(team=world.harbour, by=world.xavier)
    if persona not in {"tara", "ada"}:
        AccessLinkFactory(team=world.rockets, by=world.tara, email="hidden@example.org", message="HIDDEN words")


def _post(world: World, reader: User | None) -> None:
    """Security mails are for nobody's eyes, the others for a site admin's, who is also told since when mail waits."""
    if reader is not None and reader.is_site_admin:
        DeliveryFactory(kind="SECURITY", address="hidden@example.org", due_at=WEDNESDAY + timedelta(days=14))
        return
    for kind in ("SECURITY", "NOTICE"):
        DeliveryFactory(kind=kind, address="hidden@example.org")


def rockets_get_somebody(world: World) -> None:
    """Not hidden: a control, to see that the comparison sees."""
    moment = datetime.combine(date(2026, 9, 1), WEDNESDAY.timetz())
    MembershipFactory(team=world.rockets, user=UserFactory(name="Somebody New", joined_at=moment))

"""The end of a quarter: retros and what is in them."""

import hashlib
from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from core.text import sort_key
from retros.models import Answer, Choice, Frame, Learning, Note, OwnRetro, Pick, Ready, Retro, Vote
from tests.factories.accounts import TeamFactory, UserFactory
from tests.factories.objectives import GradeFactory, QuarterFactory
from tests.factories.weeks import PromiseFactory, SessionFactory


class FrameFactory(DjangoModelFactory[Frame]):
    """A team that says why."""

    class Meta:
        model = Frame

    team = factory.SubFactory(TeamFactory)
    why = "Finish fewer things"


class RetroFactory(DjangoModelFactory[Retro]):
    """A retro of a team that is writing, without names."""

    class Meta:
        model = Retro

    session = factory.SubFactory(SessionFactory, kind="RETRO", phase="WRITE")
    team = factory.SelfAttribute("session.team")
    quarter = factory.SubFactory(QuarterFactory)
    is_anonymous = True


class NoteFactory(DjangoModelFactory[Note]):
    """A note that nobody reads yet; without an author one of nobody's."""

    class Meta:
        model = Note

    retro = factory.SubFactory(RetroFactory)
    author = None
    secret_hash = factory.LazyAttributeSequence(
        lambda row, n: "" if row.author else hashlib.sha256(str(n).encode()).hexdigest()
    )
    column = "WELL"
    text = factory.Sequence(lambda n: f"Note {n}")


class VoteFactory(DjangoModelFactory[Vote]):
    """The first of somebody's votes."""

    class Meta:
        model = Vote

    note = factory.SubFactory(NoteFactory, is_revealed=True)
    retro = factory.SelfAttribute("note.retro")
    by = factory.SubFactory(UserFactory)
    place = 0


class ReadyFactory(DjangoModelFactory[Ready]):
    """Somebody has written."""

    class Meta:
        model = Ready

    retro = factory.SubFactory(RetroFactory)
    person = factory.SubFactory(UserFactory)


class AnswerFactory(DjangoModelFactory[Answer]):
    """It works."""

    class Meta:
        model = Answer

    retro = factory.SubFactory(RetroFactory)
    by = factory.SubFactory(UserFactory)
    working = "YES"


class ChoiceFactory(DjangoModelFactory[Choice]):
    """The first change."""

    class Meta:
        model = Choice

    retro = factory.SubFactory(RetroFactory)
    kind = "CHANGE"
    place = 0
    promise = factory.SubFactory(
        PromiseFactory, to=None, team=factory.SelfAttribute("..retro.team"), kind="ACTION", origin="RETRO"
    )


class OwnRetroFactory(DjangoModelFactory[OwnRetro]):
    """What somebody keeps for themselves."""

    class Meta:
        model = OwnRetro

    owner = factory.SubFactory(UserFactory)
    quarter = factory.SubFactory(QuarterFactory)
    well = "I drew every day"


class PickFactory(DjangoModelFactory[Pick]):
    """What somebody brings to a recap, in their own words."""

    class Meta:
        model = Pick

    person = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    quarter = factory.SubFactory(QuarterFactory)
    moment = "A stranger asked to keep it"


class LearningFactory(DjangoModelFactory[Learning]):
    """What a grade taught, shared with a name by who gave it."""

    class Meta:
        model = Learning

    grade = factory.SubFactory(GradeFactory)
    by = factory.LazyAttribute(lambda row: (row.grade or row.review).by)
    text = factory.LazyAttribute(lambda row: row.grade.lesson if row.grade else row.review.again)
    text_key = factory.LazyAttribute(lambda row: sort_key(row.text))
    at = datetime(2026, 11, 14, 9, 0, tzinfo=UTC)

"""Rows for tests: defaults are boring, moments are fixed, the test states what matters."""

from tests.factories.accounts import (
    PASSWORD,
    AbsenceFactory,
    AccessLinkFactory,
    MembershipFactory,
    OrganisationFactory,
    TeamFactory,
    TokenFactory,
    UserFactory,
)
from tests.factories.mail import DeliveryFactory
from tests.factories.objectives import (
    AmendmentFactory,
    CommentFactory,
    ConfidenceFactory,
    CoOwnerFactory,
    IdeaFactory,
    KeyResultFactory,
    ObjectiveFactory,
    QuarterFactory,
    StepFactory,
    SuggestionFactory,
    ValueFactory,
    make_ladder,
)
from tests.factories.people import PERSONAS, World, make_world
from tests.factories.weeks import (
    CheckInFactory,
    CheerFactory,
    DraftFactory,
    LineFactory,
    SeenFactory,
    WeekCommentFactory,
)

__all__ = [
    "PASSWORD",
    "PERSONAS",
    "AbsenceFactory",
    "AccessLinkFactory",
    "AmendmentFactory",
    "CheckInFactory",
    "CheerFactory",
    "CoOwnerFactory",
    "CommentFactory",
    "ConfidenceFactory",
    "DeliveryFactory",
    "DraftFactory",
    "IdeaFactory",
    "KeyResultFactory",
    "LineFactory",
    "MembershipFactory",
    "ObjectiveFactory",
    "OrganisationFactory",
    "QuarterFactory",
    "SeenFactory",
    "StepFactory",
    "SuggestionFactory",
    "TeamFactory",
    "TokenFactory",
    "UserFactory",
    "ValueFactory",
    "WeekCommentFactory",
    "World",
    "make_ladder",
    "make_world",
]

"""Tables of the end of a quarter."""

from retros.models.begun import with_begun
from retros.models.learning import Learning, with_only_writer, with_writer
from retros.models.minds import said_by, said_of, with_minds
from retros.models.notes import Note, Vote
from retros.models.own import OwnRetro
from retros.models.pick import Pick
from retros.models.retro import Answer, Choice, Ready, Retro
from retros.models.why import Frame

__all__ = [
    "Answer",
    "Choice",
    "Frame",
    "Learning",
    "Note",
    "OwnRetro",
    "Pick",
    "Ready",
    "Retro",
    "Vote",
    "said_by",
    "said_of",
    "with_begun",
    "with_minds",
    "with_only_writer",
    "with_writer",
]

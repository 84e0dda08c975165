"""Tables of the end of a quarter."""

from retros.models.begun import with_begun
from retros.models.notes import Note, Vote
from retros.models.own import OwnRetro
from retros.models.retro import Answer, Choice, Ready, Retro
from retros.models.why import Frame

__all__ = ["Answer", "Choice", "Frame", "Note", "OwnRetro", "Ready", "Retro", "Vote", "with_begun"]

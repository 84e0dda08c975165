"""What can be done with an objective."""

from objectives.actions.objectives.co_owners import set_co_owners
from objectives.actions.objectives.ownership import hand_over
from objectives.actions.objectives.states import (
    ActiveAlready,
    DeletedAlready,
    EndedAlready,
    activate,
    delete,
    drop,
    end,
    propose,
    reopen,
    restore,
    resume,
    take_back,
)
from objectives.actions.objectives.wording import ObjectiveInvalid, Wording, WrittenAlready, create, move, reword

__all__ = [
    "ActiveAlready",
    "DeletedAlready",
    "EndedAlready",
    "ObjectiveInvalid",
    "Wording",
    "WrittenAlready",
    "activate",
    "create",
    "delete",
    "drop",
    "end",
    "hand_over",
    "move",
    "propose",
    "reopen",
    "restore",
    "resume",
    "reword",
    "set_co_owners",
    "take_back",
]

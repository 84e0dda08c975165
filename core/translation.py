"""A mark for sentences that are written below Django and shown above it."""


def gettext_noop(sentence: str) -> str:
    """`sentence` as it is. The name is what makemessages looks for; whoever shows it translates it."""
    return sentence

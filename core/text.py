"""Words as people type them, made fit to keep.

Source: guarantees IN-07, IN-08, IN-09, IN-20, IN-21.
"""

import re
import unicodedata

from core.translation import gettext_noop as _

MOST_IN_SLUG = 40
RESERVED_SLUGS = frozenset(
    [
        "about",
        "accounts",
        "admin",
        "api",
        "check-in",
        "deleted",
        "edit",
        "growth",
        "insights",
        "invitations",
        "learnings",
        "livez",
        "map",
        "me",
        "new",
        "null",
        "objectives",
        "okrsite",
        "one-on-ones",
        "people",
        "readyz",
        "retro",
        "robots",
        "search",
        "set-up",
        "settings",
        "static",
        "teams",
        "wall",
        "workshop",
    ]
)
_NEWLINES = re.compile("\r\n?|[\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_BLANKS = re.compile("[ \t\n]+")
_CONTROLS_KEPT = "\t\n\v\f\r\x85"  # the newlines of one machine or another, and the tab
_INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Cc", "Mn", "Me"}
_BLANK_LETTERS = (
    "\N{HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}"
    "\N{HALFWIDTH HANGUL FILLER}\N{BRAILLE PATTERN BLANK}\N{MUSICAL SYMBOL NULL NOTEHEAD}"
)
_NEVER_DRAWN = re.compile(  # unassigned, and to stay without ink; a new emoji is unassigned too, until Python knows it
    "[\u2065\ufdd0-\ufdef\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e0fff]"
)
_IGNORED = re.compile(  # fillers, and marks that choose between two shapes of one letter
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_ACCENT = re.compile("[\u0300-\u036f]")  # those of Latin, Greek and Cyrillic letters; others' signs are sounds
_SENTENCE_END = re.compile("[.!?…]+[\"'”’»)]*(?= )|[。！？]")
_SKIN_TONES = {*"🏻🏼🏽🏾🏿"}
_LATIN = str.maketrans(  # letters that Unicode does not take apart; `casefold` has dealt with ß and capitals
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)


class TextInvalid(ValueError):
    """What was typed cannot be kept. `text` is a sentence with `params` to fill in."""

    def __init__(self, text: str, **params: object) -> None:
        self.text = text
        self.params = params
        super().__init__(text % params)


def clean_text(typed: str, *, most: int) -> str:
    """Several lines: Unicode NFC, newlines as LF, no blanks at either end. `most` counts characters.

    Raises TextInvalid for a control character, half a surrogate pair, or too many characters.
    """
    text = unicodedata.normalize("NFC", _NEWLINES.sub("\n", _refuse_broken(typed))).strip()
    if len(text) > most:
        raise TextInvalid(_("That is %(long)d characters; %(most)d fit."), long=len(text), most=most)
    return text


def clean_line(typed: str, *, most: int) -> str:
    """One line: like `clean_text`, with one space for each run of blanks, tabs and newlines.

    Blanks that do not break, or are thin, stay as they are. Raises TextInvalid.
    """
    return clean_text(_BLANKS.sub(" ", _NEWLINES.sub("\n", _refuse_broken(typed))), most=most)


def clean_name(typed: str, *, most: int) -> str:
    """A line that somebody can see. Raises TextInvalid when it is empty or all invisible."""
    text = clean_line(typed, most=most)
    if not is_visible(text):
        raise TextInvalid(_("A name needs at least one letter that can be seen."))
    return text


def is_visible(text: str) -> bool:
    """Whether anything of `text` leaves ink."""
    return any(
        unicodedata.category(c) not in _INVISIBLE and c not in _BLANK_LETTERS and not _NEVER_DRAWN.match(c)
        for c in text
    )


def fold_key(text: str) -> str:
    """What two spellings of one name share: NFKC, case-folded, single blanks, without what leaves no ink.

    Folding twice changes nothing.
    """
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf" and not _IGNORED.match(c))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", seen).casefold())
    return " ".join(unicodedata.normalize("NFKC", folded.casefold()).split())


def sort_key(name: str) -> str:
    """By what a name is sorted and found: folded, and without accents, so that Éva stands by Eva, and is found by it.

    Compared by its code points, it is the same on every database. One language's own order (å after z) is not known.
    """
    plain = unicodedata.normalize("NFD", fold_key(name).translate(_LATIN))
    return unicodedata.normalize("NFC", "".join(c for c in plain if not _ACCENT.match(c)))


def slugify_name(name: str, *, fallback: str) -> str:
    """A name as it stands in an address: a–z, 0–9 and single hyphens, at most 40 characters.

    `fallback` when nothing is left of it, or when the address is one of ours.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LATIN)).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:MOST_IN_SLUG].strip("-")
    return fallback if not slug or slug in RESERVED_SLUGS else slug


def beginning(text: str, *, most: int) -> str:
    """All of `text` in one line when it has at most `most` characters, else the whole sentences that fit.

    When not even one fits, the words that do, and "…"; a very long word is cut, but not within one sign.
    """
    line = _BLANKS.sub(" ", text).strip()
    if len(line) <= most:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line[: most + 1]) if found.end() <= most]
    whole = [end for end in ends if not line[end:].lstrip()[:1].islower()]  # “e.g. two” goes on
    return line[: whole[-1]] if whole else f"{_cut(line, most - 1)}…"


def initials(name: str) -> str:
    """One or two capitals for the disc: MO for Mira Okafor."""
    words = [word for word in re.split(r"[\s\-]+", name) if word and word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()[:2] or "·"


def _cut(line: str, most: int) -> str:
    """The words of the longer `line` that fit in `most` characters; the signs, when a word is long."""
    words = line[: most + 1].rpartition(" ")[0].rstrip(" ,;:–-")
    if len(words) > most // 2:
        return words
    ends = (end for end in range(most, 0, -1) if not _is_joined(line[end - 1], line[end]))
    return line[: next(ends, most)]


def _is_joined(one: str, other: str) -> bool:
    """Whether two characters that follow each other are drawn as one sign, or in one."""
    return "\N{ZERO WIDTH JOINER}" in {one, other} or unicodedata.category(other)[0] == "M" or other in _SKIN_TONES


def _refuse_broken(typed: str) -> str:
    for character in typed:
        if unicodedata.category(character) in {"Cs", "Cc"} and character not in _CONTROLS_KEPT:
            raise TextInvalid(_("There is a character in it that is not text."))
    return typed

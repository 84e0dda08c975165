"""Numbers as people type and read them: one parser for every road.

Source: product, section 4 (`50%`, `1,5`, `1.5k`); decisions 13; look.md, section 10; guarantees IN-02, IN-04.
"""

import re
import unicodedata
from decimal import Context, Decimal, Inexact

from core.translation import gettext_noop as _

MOST_DIGITS = 15  # significant digits that SQLite keeps
PLACES = 6  # digits after the point that the database keeps
MOST_CHARACTERS = 200  # a number with a long unit is shorter
SHOWN = 40  # characters of what was typed, in a sentence about it
THIN = "\N{NARROW NO-BREAK SPACE}"
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

_FACTORS = {"": Decimal(1), "k": Decimal(1000), "K": Decimal(1000), "M": Decimal(1_000_000)}
_CODES = {"€": "eur", "$": "usd", "£": "gbp", "¥": "jpy"}
_BEFORE = {*_CODES.values(), "chf"}
_FULL_WIDTH = range(0xFF01, 0xFF5F)  # each stands this far from its plain form:
_FULL_WIDTH_SHIFT = 0xFF01 - ord("!")
_SAME = {
    **dict.fromkeys("−‐‑‒–﹣", "-"),
    **dict.fromkeys("’‘ʼ`´٬", "'"),
    "٫": ".",
    "٪": "%",
    "￥": "¥",
    "￡": "£",
}

_NUMBER = re.compile(r"([0-9.,' ]*[0-9]) ?([kKM]?)")
_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_SINGLE = re.compile(r"([0-9]*)[.,]([0-9]+)|([0-9]+)")
_GROUPED = re.compile(
    r"([1-9][0-9]{0,2}(?P<by>[ '.,])[0-9]{3}(?:(?P=by)[0-9]{3})*)"  # 1 200 000
    r"(?:(?!(?P=by))[.,]([0-9]+))?"
)
_LAKHS = re.compile(r"([1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.([0-9]+))?")  # 12,00,000
_PARTINGS = ("[;\n]", r",\s", r"\s")  # between several numbers: the first that is there


class NumberInvalid(ValueError):
    """What was typed is not a number we can keep. `text` is a sentence with `params` to fill in."""

    def __init__(self, text: str, **params: object) -> None:
        self.text = text
        self.params = params
        super().__init__(text % params)


def parse_number(typed: str, *, unit: str = "") -> Decimal:
    """The number that a person typed: `50%`, `1,5`, `1.5k`, `1 200`, `€ 120`, `20 min` (with `unit="min"`).

    - Digits of any script count; so do full-width signs, true minus signs and dashes before a number.
    - A point alone is the decimal sign, and so is a comma, but for `1,200`: 1–3 digits, a comma, 3 digits.
      That is 1200 for one reader and 1.2 for the other, so it is refused, and the sentence names both.
    - Blanks, apostrophes, commas or points between groups of three part thousands (`1 200,50`,
      `1,200.50`, `1.200.000`); `12,00,000` is understood too.
    - `k` and `K` are a thousand, `M` a million. `m` is neither: it could be a minute.
    - The unit may be typed or left out. A currency's sign or `%` is taken for the unit where it is in it,
      and where there is none; another unit's is refused, and so is `5k` where the unit itself is in
      thousands (`k€`). No exponents: `1e5` is refused.

    Nothing is rounded. Raises NumberInvalid.
    """
    if len(typed) > MOST_CHARACTERS:
        raise NumberInvalid(_("That is too long for a number."))
    unit = _plain(unit)
    sign, text = _signed(_plain(typed))
    text = _without_unit(text, unit)
    if not sign:
        sign, text = _signed(text)
    found = _NUMBER.fullmatch(text)
    if not found:
        raise _no_number(typed, unit)
    digits, factor = found.groups()
    if factor and _is_scaled(unit):
        raise NumberInvalid(_("“%(typed)s” could be more than one number."), typed=_quoted(typed))
    number = Decimal(sign + _with_point(digits, typed, factor))
    return check_size(number, factor=_FACTORS[factor])


def parse_numbers(typed: str, *, unit: str = "") -> list[Decimal]:
    """Several numbers of one unit: parted by semicolons, else by commas with a blank behind, else by blanks.

    Raises NumberInvalid, also when there is none.
    """
    parting = next((sign for sign in _PARTINGS if re.search(sign, typed.strip())), "$")
    parts = [part for part in re.split(parting, typed.strip()) if part.strip()]
    return [parse_number(part, unit=unit) for part in parts or [""]]


def check_size(number: Decimal, *, factor: Decimal = Decimal(1)) -> Decimal:
    """`number` times `factor`, without trailing zeros, -0 as 0.

    Raises NumberInvalid when the database could not keep every digit: more than 15 significant ones,
    or more than 6 after the point.
    """
    if not number.is_finite():
        raise NumberInvalid(_("That is not a number."))
    exact = Context(prec=MOST_DIGITS, traps=[Inexact])
    try:
        number = exact.normalize(exact.multiply(number, factor)) + Decimal(0)
    except Inexact:
        number = Decimal(f"1E{MOST_DIGITS}")
    if number.adjusted() >= MOST_DIGITS:
        raise NumberInvalid(_("That number has more than %(most)d digits. A larger unit helps."), most=MOST_DIGITS)
    exponent = int(number.as_tuple().exponent)
    if exponent < -PLACES:
        raise NumberInvalid(_("That number has more than %(places)d digits after the point."), places=PLACES)
    return number.quantize(Decimal(1)) if exponent > 0 else number


def show_number(number: Decimal, unit: str = "") -> str:
    """`number` for reading, with its unit: 41 min, 7 %, € 120, 1200, 12 000, a true minus sign.

    Its blanks do not break. `parse_number` understands it again.
    """
    whole, _point, rest = format(abs(number), "f").partition(".")
    rest = rest.rstrip("0")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", THIN)
    shown = (MINUS if number < 0 else "") + whole + (f".{rest}" if rest else "")
    if not unit:
        return shown
    return f"{unit}{SPACE}{shown}" if _is_currency(unit) else f"{shown}{SPACE}{unit}"


def grade_words(tenths: int) -> str:
    """A grade in tenths (0–10) for reading: 0.7."""
    return f"{tenths // 10}.{tenths % 10}"


def unit_in(typed: str) -> str:
    """The one sign of a currency, or %, that was typed with a number; "" for none, or for several."""
    signs = {c for c in _plain(typed) if c == "%" or unicodedata.category(c) == "Sc"}
    return signs.pop() if len(signs) == 1 else ""


def whole_percent(part: Decimal) -> int:
    """0–100 for a part of 0–1, rounded down: what is not whole yet is not called so."""
    return int(part * 100)


def _is_currency(unit: str) -> bool:
    """Whether `unit` is one sign or code of a currency, which stands before the number."""
    is_sign = len(unit) == 1 and unicodedata.category(unit) == "Sc"
    return is_sign or unit.casefold() in _BEFORE


def _is_scaled(unit: str) -> bool:
    """Whether `unit` is itself in thousands or millions: k, k€, M$."""
    return unit[:1] in {"k", "K", "M"} and (len(unit) == 1 or _is_currency(unit[1:]))


def _plain(typed: str) -> str:
    """`typed` with one spelling for each digit, sign and blank; marks that nobody sees are taken out."""
    seen = (c for c in unicodedata.normalize("NFC", typed) if unicodedata.category(c) != "Cf")
    return " ".join("".join(_plain_character(c) for c in seen).split())


def _plain_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if ord(character) in _FULL_WIDTH:
        character = chr(ord(character) - _FULL_WIDTH_SHIFT)
    return _SAME.get(character, character)


def _signed(text: str) -> tuple[str, str]:
    return (text[0], text[1:].lstrip()) if text[:1] in {"+", "-"} else ("", text)


def _without_unit(text: str, unit: str) -> str:
    """`text` without the one mark of its unit that it carries before or after the number."""
    for mark in _marks(text, unit):
        if _ends_in(text, mark):
            return text[: -len(mark)].rstrip()
        if _begins_with(text, mark):
            return text[len(mark) :].lstrip()
    return text


def _ends_in(text: str, mark: str) -> bool:
    """Whether `mark` follows the number; one that begins like a number does so after a blank."""
    before, tail = text[: -len(mark)], text[-len(mark) :]
    is_same = tail == mark or (tail.casefold() == mark.casefold() and tail not in _FACTORS)
    return is_same and (before.endswith(" ") or mark[0] not in "0123456789.,'")


def _begins_with(text: str, mark: str) -> bool:
    """Whether `mark` precedes the number: a word or a currency's sign; one that ends in a digit before a blank."""
    head, rest = text[: len(mark)], text[len(mark) :]
    is_word = mark[0].isalpha() or _is_currency(mark)
    return is_word and head.casefold() == mark.casefold() and (rest.startswith(" ") or not mark[-1].isdigit())


def _marks(text: str, unit: str) -> list[str]:
    """What may stand beside the number in `text`: the unit, and a currency's sign or % that agrees with it."""
    signs = [c for c in text if c == "%" or unicodedata.category(c) == "Sc"]
    fits = [c for c in signs if not unit or c in unit or _CODES.get(c) == unit.casefold()]
    return ([unit] if unit else []) + ([] if _is_scaled(unit) else fits)


def _with_point(digits: str, typed: str, factor: str) -> str:
    """`digits` with a point for the decimal sign and nothing between thousands."""
    if _EITHER.fullmatch(digits):
        raise NumberInvalid(
            _("“%(typed)s” could be %(whole)s or %(part)s. Write the one you mean."),
            typed=_quoted(typed),
            whole=digits.replace(",", "") + factor,
            part=digits.replace(",", ".").rstrip("0").rstrip(".") + factor,
        )
    if found := _SINGLE.fullmatch(digits):
        return found[3] or f"{found[1]}.{found[2]}"
    found = _GROUPED.fullmatch(digits) or _LAKHS.fullmatch(digits)
    if not found:
        raise NumberInvalid(_("“%(typed)s” could be more than one number."), typed=_quoted(typed))
    whole, rest = re.sub("[^0-9]", "", found[1]), found[found.re.groups]
    return f"{whole}.{rest}" if rest else whole


def _no_number(typed: str, unit: str) -> NumberInvalid:
    if not typed.strip():
        return NumberInvalid(_("Give it a number. 20, 1,5 and 1.5k all work."))
    if not unit:
        return NumberInvalid(_("“%(typed)s” is not a number. 20, 1,5 and 1.5k all work."), typed=_quoted(typed))
    return NumberInvalid(
        _("“%(typed)s” is not a number. 20, %(example)s and 1,5 all work."),
        typed=_quoted(typed),
        example=show_number(Decimal(20), unit),
    )


def _quoted(typed: str) -> str:
    """What was typed, fit to stand in a sentence on a page."""
    seen = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(typed.split()))
    return seen if len(seen) <= SHOWN else seen[:SHOWN] + "…"

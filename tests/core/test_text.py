"""Words as people type them: what is kept, what is refused, what counts as the same name.

Shows IN-07 (control characters), IN-08 (what survives), IN-09 (invisible and look-alike names),
IN-12 (SQL and LIKE characters), IN-17 (newlines in a line), IN-20 (limits in characters), IN-21 (our own addresses).
"""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import (
    RESERVED_SLUGS,
    TextInvalid,
    beginning,
    clean_line,
    clean_name,
    clean_text,
    fold_key,
    initials,
    is_visible,
    slugify_name,
)

CLEANERS = [clean_line, clean_text, clean_name]
CONTROLS = sorted({*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))} - {*"\t\n\v\f\r\x85"})
HALVES = ["\ud800", "\udbff", "\udc00", "\udfff", "\ud83d"]
FAMILY = "👨‍👩‍👧‍👦"
SURVIVORS = [
    *[FAMILY, "🇩🇪🇺🇦", "👍🏽", "❤️", "\U0001fae8", "\U0001fadf"],  # the last two are younger than Python 3.11
    *["שלום", "مرحبا (مرحبا)", "नमस्ते", "Z\u0335\u0321a\u0336l", "abc\u202edef", "می‌خواهم", "東京", "ﬁ ½ ², Ⅳ"],
    *[
        "Robert'); DROP TABLE users;--",
        "100%_\\",
        "<b onclick=x>&amp;",
        "=1+1",
        "{{ 7*7 }}",
        "%(typed)s",
        "a\u00a0b\u202fc",
    ],
]
characters = st.characters(exclude_categories=["Cs", "Cc"])


@pytest.mark.parametrize("clean", CLEANERS)
@pytest.mark.parametrize("character", CONTROLS + HALVES, ids=ascii)
def test_what_is_not_text_is_refused(clean, character):
    """IN-07: refused with a sentence, wherever it stands; never dropped in silence."""
    for typed in (character, f"{character}abc", f"a{character}c", f"abc\n{character}"):
        with pytest.raises(TextInvalid, match=r"^There is a character in it that is not text\.$"):
            clean(typed, most=100)


@pytest.mark.parametrize("clean", CLEANERS)
@pytest.mark.parametrize("typed", SURVIVORS)
def test_odd_but_honest_text_survives(clean, typed):
    """IN-08, IN-10, IN-12: character for character; what it does on a page is the page's affair."""
    assert clean(typed, most=100) == typed


@pytest.mark.parametrize(
    ("typed", "line", "text"),
    [
        ("", "", ""),
        ("  One  two ", "One two", "One  two"),
        ("One\r\nTwo\rThree\nFour", "One Two Three Four", "One\nTwo\nThree\nFour"),
        ("One\vTwo\fThree\x85Four", "One Two Three Four", "One\nTwo\nThree\nFour"),
        ("One\u2028Two\u2029Three", "One Two Three", "One\nTwo\nThree"),
        ("One\n\n\tTwo\n\n", "One Two", "One\n\n\tTwo"),
        ("Subject\r\nBcc: all@example.org", "Subject Bcc: all@example.org", "Subject\nBcc: all@example.org"),
        ("\u00a0\u3000One\u2003", "One", "One"),
        ("e\u0301 A\u030a", "é Å", "é Å"),
    ],
)
def test_newlines_and_blanks(typed, line, text):
    """IN-17: a line holds no newline of any kind, so none can reach a header."""
    assert (clean_line(typed, most=100), clean_text(typed, most=100)) == (line, text)


@given(st.text(characters | st.sampled_from("\t\n\v\f\r\x85\u2028 "), max_size=40))
def test_cleaning_again_changes_nothing(typed):
    line, text = clean_line(typed, most=200), clean_text(typed, most=200)
    assert (clean_line(line, most=200), clean_text(text, most=200)) == (line, text)
    assert line.splitlines() == ([line] if line else [])
    assert set(re.findall(r"[\r\v\f\x85\u2028\u2029]", text)) == set()
    assert unicodedata.is_normalized("NFC", line)
    assert (line + text).encode().decode() == line + text


@pytest.mark.parametrize(
    ("typed", "most", "fits"),
    [
        ("x" * 80, 80, True),
        ("x" * 81, 80, False),
        (f"  {'x' * 80}\n", 80, True),  # what is not kept does not count
        ("ß" * 80, 80, True),  # characters, not bytes
        ("🦊" * 80, 80, True),
        ("e\u0301" * 80, 80, True),  # counted as it is kept
        ("\u0958" * 80, 80, False),  # NFC takes this letter apart
        ("", 0, True),
        ("x", 0, False),
    ],
)
def test_limits_count_characters(typed, most, fits):
    """IN-20"""
    if fits:
        assert 0 <= len(clean_text(typed, most=most)) <= most
        assert 0 <= len(clean_line(typed, most=most)) <= most
    else:
        long = len(unicodedata.normalize("NFC", typed))
        for clean in (clean_line, clean_text):
            with pytest.raises(TextInvalid) as caught:
                clean(typed, most=most)
            assert str(caught.value) == f"That is {long} characters; {most} fit."
            assert caught.value.text % caught.value.params == str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "\t\r\n",
            "\u00a0",
            "\u3000",
            "\u2003\u2009",
            "\u200b",
            "\u200d\u200c",
            "\ufeff",
            "\u2060",
            "\u00ad",
        ),
        *(
            "\u202e",
            "\u2066\u2069",
            "\u180e",
            "\u034f",
            "\ufe0f",
            "\u0301",
            "\u20dd",
            "\u115f\u1160",
            "\u3164",
            "\uffa0",
        ),
        *(
            "\u2800",
            "\U0001d159",
            "\U000e0001",
            "\U000e0041\U000e007f",
            "\U000e0100",
            "\u17b4",
            "\u2065",
            "\ufff0",
            "\uffff",
        ),
    ],
    ids=ascii,
)
def test_names_that_nobody_sees_are_refused(typed):
    """IN-09"""
    with pytest.raises(TextInvalid, match=r"^A name needs at least one letter that can be seen\.$"):
        clean_name(typed, most=80)
    assert not is_visible(typed)
    assert is_visible(f"{typed}x")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("Ä", "ä"), ("Ä", "A\u0308"), ("MIRA", "mira"), ("Ｍｉｒａ", "mira"), ("straße", "STRASSE"), ("ẞ", "ss")],
        *[("ﬁn", "FIN"), ("Σίσυφος", "ΣΊΣΥΦΟΣ"), ("①", "1"), ("Å", "Å"), ("ｶ", "カ"), ("K", "k"), ("İ", "i\u0307")],
        *[
            (" Mira  Okafor ", "mira okafor"),
            ("mira\u00a0okafor", "mira okafor"),
            ("mi\u200bra", "mira"),
            ("mira\ufeff", "mira"),
        ],
        *[
            ("mi\u00adra", "mira"),
            ("mira\ufe0f", "mira"),
            ("\u3164mira", "mira"),
            ("e\u200d\u0301", "é"),
            ("ᾼ", "αι"),
            ("ℌ", "h"),
        ],
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    """IN-09: look-alikes collide."""
    assert fold_key(one) == fold_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ı", "i"), ("o", "ö"), ("mira-okafor", "mira okafor"), ("a", "b"), ("", "x")]
)
def test_different_names_have_different_keys(one, other):
    assert fold_key(one) != fold_key(other)


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(text):
    assert fold_key(fold_key(text)) == fold_key(text)
    assert fold_key(unicodedata.normalize("NFD", text)) == fold_key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *[
            ("Mira Okafor", "mira-okafor"),
            ("  Zoë  O'Neill ", "zoe-o-neill"),
            ("Jean-Luc", "jean-luc"),
            ("a__b..c", "a-b-c"),
        ],
        *[("Øyvind Ærø", "oyvind-aero"), ("Łukasz Żak", "lukasz-zak"), ("Đặng Þór", "dang-thor"), ("Groß", "gross")],
        *[
            ("İpek Işık", "ipek-isik"),
            ("ＡＢＣ", "abc"),
            ("½ Team", "12-team"),
            ("Team 7", "team-7"),
            ("x" * 60, "x" * 40),
        ],
        *[
            ("x" * 39 + " y", "x" * 39),
            ("Мира", "person"),
            ("東京", "person"),
            ("", "person"),
            ("../..", "person"),
            ("🦊", "person"),
        ],
        *[
            ("New", "person"),
            ("ADMIN", "person"),
            (" a.p.i ", "a-p-i"),
            ("Api", "person"),
            ("Me", "person"),
            ("Check in", "person"),
        ],
    ],
)
def test_slugify_name(name, expected):
    """IN-21"""
    assert slugify_name(name, fallback="person") == expected


@given(st.text(max_size=60) | st.sampled_from(sorted(RESERVED_SLUGS)))
def test_a_slug_is_plain_and_not_ours(name):
    slug = slugify_name(name, fallback="person")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 40
    assert slug not in RESERVED_SLUGS


def test_reserved_slugs_are_what_a_name_could_become():
    assert {slugify_name(f"{slug}!", fallback="person") for slug in RESERVED_SLUGS} == {"person"}
    assert {"new", "admin", "api", "static", "me"} < RESERVED_SLUGS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("It fits to the very last sign.", "It fits to the very last sign."),
        ("Two fit. So they do. Not the third one.", "Two fit. So they do."),
        ("Exactly thirty is what fits in. More.", "Exactly thirty is what fits…"),
        ("Exactly this is what fits in. More of it.", "Exactly this is what fits in."),
        ("First lines count.\n\nThe rest is on its page.", "First lines count."),
        ("We lose some, e.g. those who wait for us", "We lose some, e.g. those who…"),
        ("He said “no.” Then he left the building", "He said “no.”"),
        ("これは短い。これはとても長いのでここには入りきらないと思いますよ。", "これは短い。"),
        ("Why does it take so very long? Nobody knows.", "Why does it take so very long?"),
        ("one, two, three, four, five – six and more", "one, two, three, four, five…"),
        ("短" * 30 + "。短い。", "短" * 29 + "…"),
        ("x" * 2000, "x" * 29 + "…"),
        ("I " + "x" * 2000, "I " + "x" * 27 + "…"),
        (FAMILY * 9, FAMILY * 4 + "…"),
        ("👍🏽" * 20, "👍🏽" * 14 + "…"),
        ("Z\u0335" * 40, "Z\u0335" * 14 + "…"),
        ("Z" + "\u0335" * 40, "Z" + "\u0335" * 28 + "…"),
    ],
)
def test_the_beginning_of_a_text(text, expected):
    assert beginning(text, most=30) == expected


@given(st.text(characters, max_size=400), st.integers(2, 200))
def test_a_beginning_fits_and_is_one(text, most):
    """In a line, never longer than asked for, and nothing in it that is not in the text."""
    line, short = " ".join(re.split("[ \t\n]+", text)).strip(), beginning(text, most=most)
    assert len(short) <= most
    assert (short == line) is (len(line) <= most)
    assert line.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *[
            ("Mira Okafor", "MO"),
            ("Mira", "M"),
            ("mary ann o'neil", "MO"),
            ("Jean-Luc Picard", "JP"),
            ("Jean-Luc", "JL"),
        ],
        *[
            ("Mira (she/her) Okafor", "MO"),
            ("élodie ångström", "ÉÅ"),
            ("李 小龙", "李小"),
            ("ß", "SS"),
            ("7 of 9", "79"),
        ],
        *[("", "·"), ("  ", "·"), ("🦊", "·"), ("- –", "·"), ("שרה לוי", "של")],
    ],
)
def test_initials(name, expected):
    assert initials(name) == expected

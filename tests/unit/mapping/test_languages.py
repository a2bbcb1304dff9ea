"""Which language tag a name gets."""

from __future__ import annotations

import pytest

from fasti.mapping import languages


@pytest.mark.parametrize(
    ("text", "stated", "native", "guess", "tag"),
    [
        ("Mint", None, False, None, "en"),
        ("Riigikantselei", "et", True, None, "et"),
        ("Kancelaria", None, True, None, "und"),
        ("Văn phòng Trung ương", None, True, None, "vi"),
        ("办公厅", None, True, None, "zh-Hans"),
        ("辦公廳", None, True, None, "zh-Hant"),
        ("辦公廳", "zh", True, None, "zh-Hant"),
        ("内閣官房", None, True, "ja", "ja"),
        ("内閣官房", "ja", True, None, "ja"),
        ("けいさつ", None, True, None, "ja"),
        ("국무조정실", None, False, None, "ko"),
        ("Отдел", None, True, None, "und-Cyrl"),
        ("Отдел", None, True, "ru", "ru"),
        ("Отдел", None, True, "ja", "und-Cyrl"),
        ("Отдел", "uk", True, "ru", "uk"),
        ("Zongshuji", "zh-Hans", True, None, "zh-Latn"),
    ],
)
def test_a_tag_follows_script_and_what_the_document_says(
    text: str, stated: str | None, native: bool, guess: str | None, tag: str
) -> None:
    """What is stated counts first, then the script; a country only settles a script that several languages share."""
    assert languages.tag(text, stated, native=native, guess=guess) == tag


def test_tone_marks_make_pinyin() -> None:
    """A Chinese name in Latin letters is pinyin where it has tones."""
    assert languages.romanized("Bàngōngtīng", "zh-Hans") == "zh-Latn-pinyin"
    assert languages.romanized("Bangongting", "zh-Hans") == "zh-Latn"
    assert languages.romanized("Naikaku Kanbō", "ja") == "ja-Latn"


def test_a_name_is_foreign_by_most_of_its_letters() -> None:
    """One stray character does not make an English name another language's."""
    assert languages.mostly_foreign("办公厅 (GO)")
    assert not languages.mostly_foreign("I月nternational Department")
    assert not languages.mostly_foreign("")

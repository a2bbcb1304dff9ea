"""The language tag of a name, from what the document says and from the script (BCP 47)."""

from __future__ import annotations

import re
import unicodedata

import hanzidentifier

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af\u1100-\u11ff]"), "ko"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u10a0-\u10ff]"), "ka"),
    (re.compile("[\u0530-\u058f]"), "hy"),
    (re.compile("[\u0400-\u04ff]"), "und-Cyrl"),
    (re.compile("[\u0600-\u06ff]"), "und-Arab"),
    (re.compile("[\u0900-\u097f]"), "und-Deva"),
    (re.compile("[\u0980-\u09ff]"), "bn"),
    (re.compile("[\u0b80-\u0bff]"), "ta"),
    (re.compile("[\u0d80-\u0dff]"), "si"),
    (re.compile("[\u0e80-\u0eff]"), "lo"),
    (re.compile("[\u1000-\u109f]"), "my"),
    (re.compile("[\u1200-\u137f]"), "am"),
    (re.compile("[\u1780-\u17ff]"), "km"),
)
_VIETNAMESE = re.compile("[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_WRITTEN = {"und-Cyrl": "ru uk be bg sr mk kk mn ky tg", "und-Arab": "ar fa ur ps ug ota ku", "und-Deva": "hi mr ne sa"}
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_TONES = re.compile("[\u0304\u0301\u030c\u0300]")


def tag(text: str, stated: str | None = None, *, native: bool = False, guess: str | None = None) -> str:
    """The language tag of a name.

    Args:
        text: the name.
        stated: what the document says its native language is, if it does (`zh-Hans`, `fr`).
        native: whether the name stands where a native name is expected; a Latin one is not English then.
        guess: the language of the country that the document is about; it counts only where the script fits.
    """
    script = next((code for pattern, code in _SCRIPTS if pattern.search(text)), None)
    if HAN.search(text) and script is None:
        return _in_han(text, stated or guess or "")
    if script:
        fitting = guess if guess in _WRITTEN.get(script, "").split() else script
        return stated if stated and not stated.startswith(("en", "zh")) else fitting
    if native and _VIETNAMESE.search(text):
        return "vi"
    if not native:
        return "en"
    if stated and not stated.startswith("en"):
        return f"{stated.split('-')[0]}-Latn" if stated.split("-")[0] in ("zh", "ja", "ko", "ru") else stated
    return "und"


def _in_han(text: str, language: str) -> str:
    """The tag of a name in Chinese characters: which of the two forms, unless it is another language's."""
    primary = language.partition("-")[0]
    return language if primary in ("ja", "yue", "ko", "vi") or language.startswith("zh-") else _han(text)


def romanized(text: str, language: str) -> str:
    """The tag of a name written in Latin letters although its language (`zh-Hans`, `ja` …) is not."""
    primary = language.split("-")[0]
    return "zh-Latn-pinyin" if primary == "zh" and toned(text) else f"{primary}-Latn"


def toned(text: str) -> bool:
    """Whether a text has vowels with the tone marks of pinyin."""
    return bool(_TONES.search(unicodedata.normalize("NFD", text)))


def foreign(text: str) -> bool:
    """Whether a text has letters of another script than Latin."""
    return not text.isascii() and any(
        ord(c) > 0x36F and c.isalpha() and "LATIN" not in unicodedata.name(c, "") for c in text
    )


def mostly_foreign(text: str) -> bool:
    """Whether more of its letters are of another script than Latin."""
    letters = [c for c in text if c.isalpha()] if foreign(text) else []
    return 2 * sum(foreign(c) for c in letters) > len(letters)


def _han(text: str) -> str:
    kind = hanzidentifier.identify(text)
    return "zh-Hant" if kind == hanzidentifier.TRADITIONAL else "zh-Hans" if kind == hanzidentifier.SIMPLIFIED else "zh"

"""The language of the interface: which one a request asks for, and the messages, dates and numbers in it."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request

# The languages of the interface, each by its own name; the first one is what a request without a wish gets.
INTERFACE = {"en": "English", "zh-Hans": "简体中文"}
_LOCALES = {"en": "en-GB"}  # of which country: "18 June 1966" is read the same everywhere
_CATALOGS = Path(__file__).parent / "locales"


def language() -> str:
    """The language of this request: `?lang=` before `Accept-Language` (RFC 9110, section 12.5.4) before English."""
    if not has_request_context():
        return next(iter(INTERFACE))
    if "language" not in g:
        g.language = chosen() or _accepted()
    found: str = g.language
    return found


def chosen() -> str:
    """The language that the address itself asks for, empty when it asks for none that there is."""
    return _known(request.args.get("lang", ""))


def _accepted() -> str:
    """The first of the languages that the client prefers which there is."""
    accepted = (_known(tag) for tag, quality in request.accept_languages if quality > 0)
    return next(filter(None, accepted), next(iter(INTERFACE)))


def _known(asked: str) -> str:
    """The language of the interface for a tag, by its primary subtag: `zh-CN`, `zh_TW` and `ZH` get zh-Hans."""
    primary = asked.strip().replace("_", "-").partition("-")[0].lower()
    return next((tag for tag in INTERFACE if primary == tag.partition("-")[0]), "")


def locale() -> Locale:
    """The request's language as Babel knows it, for dates and numbers."""
    return _locale(language())


def gettext(message: str) -> str:
    """The message in the request's language."""
    return _messages(language()).gettext(message)


def pgettext(context: str, message: str) -> str:
    """The message as it is meant in a context: the words of the data's vocabularies are not those of sentences."""
    return str(_messages(language()).pgettext(context, message))  # typed as object: a catalog may hold anything


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that the request's language has for `n` things."""
    return _messages(language()).ngettext(singular, plural, n)


def number(value: int | float) -> str:
    """A number as the request's language writes it."""
    return _number(value, language())


def percent(share: float) -> str:
    """A share from 0 to 1 in percent, as the request's language writes it; what is not all is never rounded to 100 %."""
    tenths = int(share * 1000) / 1000
    return format_percent(tenths, locale=locale(), decimal_quantization=False)


@lru_cache(maxsize=1024)
def _number(value: int | float, tag: str) -> str:
    """A page writes the same few numbers a hundred times."""
    return format_decimal(value, locale=_locale(tag))


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(_LOCALES.get(tag, tag), sep="-")


@cache
def _messages(tag: str) -> NullTranslations:
    """The catalog of a language, `locales/{tag}.po`; a message that it lacks stays in English."""
    path = _CATALOGS / f"{tag}.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as source:
        catalog = read_po(source, locale=tag.replace("-", "_"))
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def register(app: Flask) -> None:
    """Let templates translate: `_('…')`, `ngettext`, `{% trans %}`; a name in `%(…)s` is escaped as any value is."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(number=number, percent=percent)
    app.jinja_env.globals.update(language=language, interface=INTERFACE)

"""An entity in one sentence of plain words, made from the record alone, in the language of the interface.

It says no more than the data do: who heads a body now only where a source says that the tenure goes on, and where
none does, that no source says so. A post that nobody is known to hold is never called vacant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from fasti.store.embedded import NamedNode
from fasti.web.dates import date_words
from fasti.web.language import gettext, language
from fasti.web.links import href
from fasti.web.moments import Certainty
from fasti.web.page import Page
from fasti.web.posts import Post
from fasti.web.tenures import Tenure, tenure
from fasti.web.values import Value

_NAMED = 3  # people or posts that a sentence names


def sentence(page: Page, posts: Sequence[Post], held: Sequence[Tenure]) -> Markup:
    """The sentence about the page's entity, with links; empty for kinds of things that have none."""
    kind = page.node.value.removeprefix(page.release.base + "id/").partition("/")[0]
    makers: Mapping[str, Callable[[], list[Markup]]] = {
        "organization": lambda: [*_body(page), *_headed(page, posts)],
        "post": lambda: [_post(page), *_filled(page, held)],
        "person": lambda: _career(page, held),
        "membership": lambda: _tenure(page),
        "event": lambda: _event(page),
    }
    clauses = makers[kind]() if kind in makers else []
    if not clauses or page.certainty == Certainty.EXCLUDED:
        return Markup()
    text = clauses[0]
    for clause in clauses[1:]:
        text = _fill(gettext("%(first)s; %(second)s"), first=text, second=clause)
    text = _fill(gettext("%(sentence)s."), sentence=text)
    if page.moment is None:
        return text
    return _fill(
        _then_was(page.certainty, len(page.moment.text) == 10), date=date_words(page.moment.text), sentence=text
    )


def _then_was(certainty: str, is_day: bool) -> str:
    if certainty == Certainty.POSSIBLE:
        return (
            gettext("On %(date)s, possibly: %(sentence)s") if is_day else gettext("In %(date)s, possibly: %(sentence)s")
        )
    return gettext("On %(date)s: %(sentence)s") if is_day else gettext("In %(date)s: %(sentence)s")


def _body(page: Page) -> list[Markup]:
    """What a body is part of, and when it existed."""
    relations = {
        "fasti:internalUnitOf": gettext("An internal unit of %(parent)s"),
        "fasti:subordinateAgencyOf": gettext("A subordinate agency of %(parent)s"),
        "fasti:affiliatedInstitutionOf": gettext("An affiliated institution of %(parent)s"),
        "org:unitOf": gettext("A unit of %(parent)s"),
        "org:subOrganizationOf": gettext("A part of %(parent)s"),
    }
    parents: dict[NamedNode, str] = {}
    for name in relations:
        for fact in page.about:
            if fact.predicate == page.term(name) and isinstance(fact.object, NamedNode):
                parents.setdefault(fact.object, name)
    said = next(iter(parents.values()), "")
    of = [_link(page.link(parent)) for parent, name in parents.items() if name == said]
    clauses = [_fill(relations[said], parent=_joined(of))] if of else [Markup(gettext("A body"))]  # noqa: S704
    when = page.when(page.node)
    if when is not None and (when.key or when.goes_on):
        clauses.append(_fill(gettext("in existence %(when)s"), when=when.words))
    return clauses


def _headed(page: Page, posts: Sequence[Post]) -> list[Markup]:
    """Who heads a body: those of whom a source says that they still do, or the last one that is named."""
    heads = [post for post in posts if post.is_head]
    if page.moment is not None:
        return _then([each for post in heads for each in post.current], gettext("headed by %(people)s"),
                     gettext("possibly headed by %(people)s"))  # fmt: skip
    current = [each for post in heads for each in post.current]
    if current:
        return [_fill(gettext("headed by %(people)s"), people=_people(current))]
    last = [each for post in heads for each in post.others if each.when and each.when.key]
    if not last:
        return [Markup(gettext("no source names its head"))] if heads else []  # noqa: S704
    message = gettext("no source says who heads it now: the last head named is %(people)s")
    return [_fill(message, people=_people([max(last, key=_begin)]))]


def _post(page: Page) -> Markup:
    bodies = [fact.object for fact in page.about if fact.predicate == page.term("org:postIn")]
    of = _joined([_link(page.link(body)) for body in bodies if isinstance(body, NamedNode)])
    if not of:
        return Markup(gettext("A post"))  # noqa: S704
    roles = {fact.object for fact in page.about if fact.predicate == page.term("org:role")}
    message = gettext("The head of %(body)s") if page.term("org:Head") in roles else gettext("A post in %(body)s")
    return _fill(message, body=of)


def _filled(page: Page, held: Sequence[Tenure]) -> list[Markup]:
    """Who holds a post."""
    if page.moment is not None:
        return _then(held, gettext("held by %(people)s"), gettext("possibly held by %(people)s"))
    current = [each for each in held if each.goes_on]
    if current:
        return [_fill(gettext("held by %(people)s"), people=_people(current))]
    last = [each for each in held if each.when and each.when.key]
    if not last:
        return [] if held else [Markup(gettext("no source names a holder"))]  # noqa: S704
    message = gettext("no source says who holds it now: the last holder named is %(people)s")
    return [_fill(message, people=_people([max(last, key=_begin)]))]


def _then(held: Sequence[Tenure], certainly: str, possibly: str) -> list[Markup]:
    """Who it was at the moment, the certain and the possible ones apart."""
    found = []
    for certainty, message in ((Certainty.CERTAIN, certainly), (Certainty.POSSIBLE, possibly)):
        if those := [each for each in held if each.certainty == certainty]:
            found.append(_fill(message, people=_people(those, either=certainty is Certainty.POSSIBLE)))
    return found


def _career(page: Page, held: Sequence[Tenure]) -> list[Markup]:
    """What a source says that a person still holds, and what else they are named as, the latest first."""
    if page.moment is not None:
        certain = [each for each in held if each.certainty == Certainty.CERTAIN]
        possible = [each for each in held if each.certainty == Certainty.POSSIBLE]
        clauses = [_fill(gettext("certainly %(posts)s"), posts=_offices(certain))] if certain else []
        return clauses + ([_fill(gettext("possibly %(posts)s"), posts=_offices(possible))] if possible else [])
    current = [each for each in held if each.goes_on]
    others = [each for each in held if not each.goes_on]
    clauses = [_offices(current)] if current else []
    if others:
        message = gettext("also named as %(posts)s") if current else gettext("Named as %(posts)s")
        clauses.append(_fill(message, posts=_offices(sorted(others, key=_begin, reverse=True))))
    return clauses


def _tenure(page: Page) -> list[Markup]:
    """Who held what, and when."""
    held = tenure(page, page.node)
    if held.person is None:
        return []
    return [_fill(gettext("%(person)s, %(post)s"), person=_link(held.person), post=_dated(_office(held), held))]


def _event(page: Page) -> list[Markup]:
    """What kind of event, and when."""
    when, kinds = page.when(page.node), [kind.text for kind in page.kinds]
    if when is None or not kinds:
        return []
    return [_fill(gettext("%(event)s: %(when)s"), event=kinds[0][:1].upper() + kinds[0][1:], when=when.words)]


def _people(held: Sequence[Tenure], either: bool = False) -> Markup:
    """Holders, each with the dates of the tenure and its mode; `either` of them where it is not certain who."""
    return _several(held, lambda each: _dated(_link(each.person) if each.person else Markup("?"), each), either)


def _offices(held: Sequence[Tenure]) -> Markup:
    """Posts, each with its body and the dates of the tenure."""
    return _several(held, lambda each: _dated(_office(each), each))


def _office(held: Tenure) -> Markup:
    if held.post and held.organization:
        return _fill(gettext("%(post)s of %(body)s"), post=_link(held.post), body=_link(held.organization))
    part = held.post or held.organization
    return _link(part) if part else Markup(gettext("a post that no source names"))  # noqa: S704


def _dated(what: Markup, held: Tenure) -> Markup:
    """A tenure with its mode and its dates; what does not go on stands in brackets, so that lists stay clear."""
    said = [mode.text for mode in held.modes if not mode.iri.endswith("#head")]
    dated = held.when is not None and not held.certainty
    if held.when is not None and dated and not held.when.goes_on:
        said.append(held.when.words)
    elif held.certainty == Certainty.POSSIBLE:  # what makes it no more than possible
        said.append(held.when.words if held.when is not None else gettext("dates not stated"))
    if said:
        what = _fill(gettext("%(what)s (%(details)s)"), what=what, details=gettext("; ").join(said))
    if held.when is not None and dated and held.when.goes_on:
        what = _fill(gettext("%(what)s %(when)s"), what=what, when=held.when.words)
    return what


def _several(held: Sequence[Tenure], say: Callable[[Tenure], Markup], either: bool = False) -> Markup:
    said = [say(each) for each in held[:_NAMED]]
    if len(held) > _NAMED:
        said.append(_fill(gettext("%(count)s more"), count=str(len(held) - _NAMED)))
    return _joined(said, either)


def _joined(parts: Iterable[Markup], either: bool = False) -> Markup:
    several = list(parts)
    if len(several) < 2:
        return Markup().join(several)
    message = gettext("%(list)s or %(last)s") if either else gettext("%(list)s and %(last)s")
    return _fill(message, list=Markup(gettext(", ")).join(several[:-1]), last=several[-1])  # noqa: S704


def _link(value: Value) -> Markup:
    """A thing by its name, with its language where that is not the interface's."""
    tag = Markup(' lang="{}"').format(value.lang) if value.lang and value.lang != language().lower() else Markup()
    return Markup('{}<a href="{}"{}>{}</a>').format(_article(value), href(value.iri), tag, value.text)


def _article(value: Value) -> str:
    """In an English sentence a name with "of" in it takes an article: the Ministry of Works."""
    english = language() == value.lang == "en" and " of " in value.text
    return "the " if english and not value.text.startswith("The ") else ""


def _fill(message: str, **values: str) -> Markup:
    """A message with values in its places; what is no markup already is escaped."""
    return Markup(message) % values  # noqa: S704 - the catalog is ours


def _begin(held: Tenure) -> str:
    return held.when.key if held.when is not None else ""

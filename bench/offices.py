"""The competitors: how each is set up, and what one resident does at each."""

import os
from collections.abc import Callable
from dataclasses import dataclass

import django

import schemas
from bench.browser import Browser
from bench.leaves import ANSWERS, FORM, Leaf, pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forms_engine.settings")
django.setup()

from forms_engine.forms import form_for, pages_for  # noqa: E402
from forms_engine.spec import FormSpec  # noqa: E402

Answers = list[tuple[str, str]]


@dataclass(frozen=True)
class Competitor:
    """`script` sets it up; `journey` takes one resident from the first page to the receipt."""

    name: str
    title: str
    settings: str
    application: str
    script: list[str]
    journey: Callable[[int], Browser]


def kakanai_pages() -> list[Answers]:
    """What a browser sends for each page of the form."""
    spec = FormSpec.load(schemas.starter("forms", FORM))
    found = []
    for page in pages_for(spec, ANSWERS):
        form = form_for(spec, page.key, ANSWERS)
        texts = {**form.typed(), "_seen": [form.shown]}
        found.append([(name, value) for name, values in texts.items() for value in values])
    return found


def kakanai(port: int) -> Browser:
    """Find, start, every page, check, submit, done."""
    browser = Browser(port)
    browser.get(f"/procedures/{FORM}/")
    browser.post(f"/procedures/{FORM}/applications/", [])
    for answers in KAKANAI_PAGES:
        browser.post(browser.url, answers)
    browser.post(browser.url.replace("/check/", "/submission/"), [("consent", "on")])
    if "/done/" not in browser.url:
        raise RuntimeError(f"not submitted: {browser.url} {browser.page[:2000]}")
    return browser


def plain(port: int) -> Browser:
    """The page of the procedure, the wizard's first page, every page, check, done."""
    browser = Browser(port)
    browser.get("/procedure/")
    return through_wizard(browser, "/checked/", "checked_wizard", [*PAGES, ("check", [])])


def bare(port: int) -> Browser:
    """The wizard's first page, every page that asks, done: nothing is said before, and nothing shown again."""
    return through_wizard(Browser(port), "/wizard/", "plain_wizard", PAGES)


def through_wizard(browser: Browser, address: str, prefix: str, pages: list[tuple[str, list[Leaf]]]) -> Browser:
    browser.get(address)
    for page, leaves in pages:
        management = [(f"{prefix}-current_step", page)]
        browser.post(address, management + [(f"{page}-{leaf.name}", text(leaf)) for leaf in leaves])
    if browser.page != "done":
        raise RuntimeError(f"the plain wizard did not end: {browser.page[:3000]}")
    return browser


def peer(port: int) -> Browser:
    """The one page that django-forms-workflows shows, and its confirmation."""
    browser = Browser(port)
    browser.get("/forms/dog/submit/")
    browser.post("/forms/dog/submit/", [(leaf.name, text(leaf)) for _, leaves in PAGES for leaf in leaves])
    if "/submitted/" not in browser.url:
        raise RuntimeError(f"django-forms-workflows did not take it: {browser.url} {browser.page[:3000]}")
    return browser


def text(leaf: Leaf) -> str:
    return (
        {True: "on", False: ""}.get(leaf.answer, str(leaf.answer))
        if isinstance(leaf.answer, bool)
        else str(leaf.answer)
    )


PAGES = pages()
KAKANAI_PAGES: list[Answers] = []
PEERS = ("bench.peers.settings", "bench.peers.wsgi:application", ["-m", "bench.peers.tables"])
KAKANAI = Competitor(
    "kakanai",
    "Kakanai",
    "forms_engine.settings",
    "forms_engine.wsgi:application",
    ["manage.py", "demo", "--prepare"],
    kakanai,
)
PLAIN = Competitor("plain", "plain formtools wizard", *PEERS, plain)
BARE = Competitor("bare", "the wizard's questions alone", *PEERS, bare)
PEER = Competitor("peer", "django-forms-workflows", *PEERS, peer)

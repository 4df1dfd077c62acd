"""Every screen that staff can open, on a small telephone, on a tablet and at a desk: accessible, and no wider than it.

The screens are read from the addresses of the desks, so a new one is looked at by existing. One that names something in
its address stands in ``there_is`` with what to name.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.timezone import localdate

import schemas
from forms_engine import applications, definitions, internal, manuscripts, submission
from forms_engine.builder_desk import route_tabs, tabs
from tests.forms_engine.answers import dog, dog_of_a_company
from tests.forms_engine.test_starters import attached
from tests.schemas.answers import variants
from workflows import definitions as workflows
from workflows.accounts import invite
from workflows.approver_desk.listing import TITLES
from workflows.capacities import KINDS, grant
from workflows.cases import Case
from workflows.closing_days import close_office
from workflows.decisions import decide
from workflows.delegations import announce_absence
from workflows.rosters.kinds import KINDS as ROSTERS
from workflows.staff import Department, Post, Role, StaffMember
from workflows.transfers import Transfer, propose

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESKS = ("approver", "builder", "drafting", "organisation")
INTERNAL = "purchase_request"
DOGS = "dog_registration"
#: What an address that only does something is asked with: it answers that it is not to be opened, whatever it names.
ANY = {"int": 1, "uuid": "00000000-0000-4000-8000-000000000000", "slug": "any", "str": "any"}
Names = dict[str, Any]


@dataclass
class Office:
    """佐藤, who may do everything, and what stands in the office: an address names one of these."""

    sato: StaffMember

    def there_is(self) -> dict[str, list[Names]]:
        """What each address that names something can name."""
        form, route = self._draft("form"), self._draft("workflow")
        drafts = [{"draft_id": form.pk}, {"draft_id": route.pk}]
        cases = [{"public_id": one.public_id} for one in Case.objects.order_by("pk")]
        place = urlsafe_base64_encode(force_bytes(self.sato.pk))
        own = {f"builder:{name}": [{"draft_id": form.pk}] for name in ("rehearsal", "replay")}
        own |= {f"builder:{name}": drafts for name in ("editor", "problems", "publication", "company")}
        own |= {f"builder:{name}": [{"draft_id": form.pk, "number": 1}] for name in ("rehearsed", "rehearsed_document")}
        pages = [{"draft_id": form.pk, "page_key": page["key"]} for page in form.document["pages"]]
        return own | {
            "builder:preview": pages,
            "builder:export": [{"key": "dog_registration"}],
            "drafting:go_on": [{"application_id": one.pk} for one in internal.drafted_by(self.sato)],
            "approver:case": cases,
            "approver:transfer": [{"pk": one.pk} for one in Transfer.objects.all()],
            "approver:transfer_proposal": [{"pk": one.source_id} for one in Transfer.objects.all()],
            "organisation:department": [{"key": "environment"}],
            "organisation:appointment": [{"key": "environment"}],
            "organisation:role": [{"key": "reviewer"}],
            "organisation:member": [{"pk": self.sato.pk}],
            "organisation:post": [{"pk": Post.objects.filter(member=self.sato)[0].pk}],
            "organisation:exported": [{"key": key} for key in ROSTERS],
            "organisation:welcome": [{"uidb64": place, "token": invite(self.sato, None)}],
        }

    def further(self) -> dict[str, list[str]]:
        """Screens under one address that differ by what is asked of it."""
        form, route = self._draft("form"), self._draft("workflow")
        steps = [{"field": step["key"]} for step in route.document["steps"]]
        places = [{"tab": key} for key, _title in tabs.titles()]
        places += [{"field": key} for key in ("dog_name", "dog_sex", "owner", "neutered")]
        ways = [{"tab": key} for key, _title in route_tabs.titles()] + steps + [{"joint": ".0.0"}]
        return {
            "approver": [f"{reverse('approver:queue')}?{urlencode({'tray': tray})}" for tray in TITLES],
            "builder": [
                f"{reverse('builder:editor', args=[draft.pk])}?{urlencode(place)}"
                for draft, those in ((form, places), (route, ways))
                for place in those
            ],
        }

    def _draft(self, kind: str) -> manuscripts.Manuscript:
        return manuscripts.Manuscript.objects.get(kind=kind)


@pytest.fixture
def office(municipality: None, published: None) -> Office:
    """Applications that wait, were decided and are being drafted; drafts of a form and of a route; somebody away."""
    sato, takasaki = (StaffMember.objects.get(username=login) for login in ("sato", "takasaki"))
    for kind, _title in KINDS:
        grant(sato, kind)
    for answers in (dog(), dog_of_a_company(), dog_of_a_company()):
        draft = applications.start(definitions.current("dog_registration"))
        submission.submit(applications.save_answers(draft, answers))
    decide(Case.objects.filter(finished=None).last().open_tasks()[0], "approved", sato)
    _purchases(sato)
    _newer_route(sato)
    manuscripts.begin(definitions.current("dog_registration").document, "environment", sato, 1)
    manuscripts.begin(schemas.starter("workflows", "disaster_certificate"), "environment", sato)
    announce_absence(takasaki, localdate(), localdate() + timedelta(3), "研修", takasaki)
    close_office(localdate() + timedelta(9), localdate() + timedelta(9), "開庁記念日", sato)
    return Office(sato)


def _purchases(by: StaffMember) -> None:
    """One that is being drafted, and one that was sent."""
    workflows.publish(schemas.starter("workflows", INTERNAL))
    version = definitions.publish(schemas.starter("forms", INTERNAL))
    for is_sent in (False, True):
        draft = applications.start(version, applied_by=by)
        answers = json.loads(json.dumps(variants(INTERNAL, localdate())["section_chief"]))
        draft = applications.save_answers(draft, attached(draft, answers))
        if is_sent:
            submission.submit(draft, by)


def _newer_route(reader: StaffMember) -> None:
    """A route was published anew; the reader, a process manager now too, is to look at what would become of a case."""
    role, general = Role.objects.get(key="process_manager"), Department.objects.get(key="general")
    Post.objects.create(member=reader, role=role, department=general, since=localdate())
    case = Case.objects.filter(finished=None, version__definition__key=DOGS).order_by("pk")[0]
    newer = workflows.publish({**schemas.starter("workflows", DOGS), "title": "犬の登録（改正）"})
    propose(case.version, newer, {}, StaffMember.objects.get(username="watanabe"), "改正のため")


def screens(desk: str, office: Office, browser: Client) -> Iterator[str]:
    """The addresses of a desk that show a page to whoever opens them."""
    there_is = office.there_is()
    for name, pattern in patterns(desk):
        usual = {part: ANY[_kind(converter)] for part, converter in pattern.pattern.converters.items()}
        for names in there_is.get(name, [usual]):
            address = reverse(name, kwargs=names)
            answer = browser.get(address, follow=True)
            assert answer.status_code in (200, 405), f"{name} is a new screen: say in there_is what {names} is"
            if answer.status_code == 200 and _is_page(answer):
                yield address
    yield from office.further().get(desk, [])


def patterns(desk: str) -> Iterator[tuple[str, URLPattern]]:
    for mounted in get_resolver().url_patterns:
        if getattr(mounted, "app_name", None) == desk:
            yield from ((f"{desk}:{pattern.name}", pattern) for pattern in mounted.url_patterns)


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def _is_page(answer: HttpResponseBase) -> bool:
    """Neither a file nor a part that the script puts into a page."""
    return answer.headers["Content-Type"].startswith("text/html") and b"<html" in answer.content


@pytest.mark.parametrize("desk", DESKS)
def test_every_screen_of_staff_is_accessible_at_every_width(desk, office, client_of, page, site, look_at_every_width):
    browser = client_of("sato")
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": site.url}])
    for address in screens(desk, office, browser):
        page.goto(address)
        look_at_every_width(page)

"""Filling a form (入力): one address for every page, in any order, as often as one likes; nothing is submitted here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from formtools.wizard.views import NamedUrlWizardView

from forms_engine.fields.stencil import slot
from forms_engine.forms import PageForm, form_for
from forms_engine.languages import current
from forms_engine.ruby import read_aloud
from forms_engine.shell import answer, has_readings, page_link, path
from forms_engine.spec import Page
from forms_engine.wizard.reopening import reopened
from forms_engine.wizard.storage import DraftStorage
from schemas.translations import languages_of

RETURNING = "?return=check"


@dataclass(frozen=True)
class Surroundings:
    """What a page shows beside its fields (see shell.answer)."""

    title: str
    pages: tuple[Page, ...]
    place: int
    is_returning: bool
    is_correction: bool
    is_multipart: bool
    languages: tuple[str, ...] = ()

    form = {"shown": slot("shown"), "warned": slot("warned"), "html": slot("fields")}

    @property
    def page(self) -> Page:
        return self.pages[self.place]

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def previous(self) -> Page | None:
        return self.pages[self.place - 1] if self.place else None

    @property
    def is_last(self) -> bool:
        return self.number == len(self.pages)

    @property
    def steps(self) -> list[tuple[Page, str]]:
        """Every page with its address, which only those before this one have."""
        query = RETURNING * self.is_returning
        done = [(page, path("resident:fill", page.key) + query) for page in self.pages[: self.place]]
        return [*done, *((page, "") for page in self.pages[self.place :])]


class FillView(NamedUrlWizardView):
    """formtools' wizard with a list of forms that follows from the answers.

    The page is the one in the address, so the back button and a second tab always mean what they show. A GET changes
    nothing. There is no `done`: after the last page comes the check page, and submitting is its own POST.
    """

    storage_name = "forms_engine.wizard.storage.DraftStorage"
    template_name = "resident_desk/page.html"
    url_name = "resident:fill"
    done_step_name = "done"
    form_list: Mapping[str, Any] = {}
    initial_dict: Mapping[str, Any] = {}
    instance_dict: Mapping[str, Any] = {}
    condition_dict: Mapping[str, Any] = {}
    storage: DraftStorage

    @classmethod
    def get_initkwargs(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """formtools wants a list of form classes beforehand; ours is known when the application is."""
        return kwargs

    # Where we are

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return str(kwargs["application_id"])

    @property
    def application_id(self) -> UUID:
        return self.storage.application_id

    @cached_property
    def language(self) -> str:
        return current()

    def get_form_list(self) -> OrderedDict[str, type[PageForm]]:
        """The pages that ask something for the answers as they are; in a correction those with an open field."""
        return OrderedDict((page.key, PageForm) for page in self.pages())

    def pages(self) -> list[Page]:
        storage = self.storage
        pages = storage.standing(self.language).pages()
        opened = {pointer.split("/")[1] for pointer in storage.only} if storage.only is not None else None
        return [page for page in pages if opened is None or not opened.isdisjoint(page.fields)]

    def get_step_url(self, step: str) -> str:
        return page_link(self.url_name, self.application_id, step) + RETURNING * self.is_returning

    @property
    def is_returning(self) -> bool:
        """Whether the page was opened by 「変更」 on the check page and leads back there."""
        return self.request.GET.get("return") == "check"

    # Answering

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        locked = reopened(request, kwargs["application_id"], kwargs["page"])
        response: HttpResponseBase = locked or super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"  # the next person at this browser must not see it
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.storage.open:
            return redirect("resident:follow", self.application_id)
        if kwargs["page"] not in self.get_form_list():
            return HttpResponseRedirect(self.first_url())
        self.storage.current_step = kwargs["page"]
        return self.render(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Uploads are taken in under a lock, so that none is kept twice; a page without any only if it must be."""
        response = None if request.FILES else self.taken_in(kwargs["page"])
        if response is None:
            with transaction.atomic():
                self.storage = DraftStorage(self.prefix, request)
                self.storage.is_locked = True
                response = self.taken_in(kwargs["page"])
        return response or redirect("resident:follow", self.application_id)

    def taken_in(self, page: str) -> HttpResponseBase | None:
        """Where the posted page leads, once it is saved; None if another tab, or the office, wrote meanwhile."""
        if not self.storage.open:
            return redirect("resident:follow", self.application_id)
        if page not in self.get_form_list():
            return HttpResponseRedirect(self.first_url())
        self.storage.current_step = page
        form = self.get_form(data=self.request.POST, files=self.request.FILES)
        if not self.storage.set_step_data(page, form.to_save()):
            return None
        return self.answered(form, self.request.POST)

    def answered(self, form: PageForm, data: Mapping[str, Any]) -> HttpResponseBase:
        """Go where the pressed button says; an unfinished page is shown again."""
        if "_save" in data:
            return redirect("resident:saved", self.application_id)
        if "_to" in data and data["_to"] in self.get_form_list():
            return HttpResponseRedirect(self.get_step_url(data["_to"]))
        if form.is_valid() and not form.is_warning:
            return self.render_next_step(form)
        return self.render(form)

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> PageForm:
        storage = self.storage
        return form_for(
            storage.spec,
            step or storage.current_step,
            storage.application.answers,
            language=self.language,
            data=data,
            files=files,
            only=storage.only,
            attach=storage.attach,
            known=storage.known,
            remarks=storage.remarks,
            file_url=storage.file_url,
            settlement=storage.settlement,
        )

    def render_next_step(self, form: PageForm, **kwargs: Any) -> HttpResponseBase:
        """The next page; after the last one, and after a change from the check page, the check page.

        A change that leaves another page with something to answer leads there first.
        """
        following = self.unfinished() if self.is_returning else self.get_next_step()
        return HttpResponseRedirect(self.get_step_url(following) if following else self.check_url())

    def unfinished(self) -> str | None:
        """The first page with something left to answer."""
        pages = self.get_form_list()
        return next((key for key in pages if not self._is_finished(key)), None)

    def _is_finished(self, key: str) -> bool:
        standing = self.storage.standing(self.language)
        return standing.is_answered(key, self.storage.settled)

    def first_url(self) -> str:
        """Where to go from a page that is not there: where something is to be answered, else to the check page."""
        page = self.unfinished()
        return self.get_step_url(page) if page else self.check_url()

    def check_url(self) -> str:
        return page_link("resident:check", self.application_id)

    # Showing

    def render(self, form: PageForm | None = None, **kwargs: Any) -> HttpResponse:
        """The page; only its fields for the script that asked for them."""
        form = form or self.get_form()
        if form.is_refresh and self.is_asked_by_script:
            return has_readings(render(self.request, "forms/page_form.html", {"form": form}))
        slots = {"application": str(self.application_id), "shown": form.shown, "fields": form.html}
        slots["warned"] = form.warned
        if form.is_bound:
            slots["summary"] = read_aloud(render_to_string("forms/error_summary.html", {"form": form}))
            slots["failed"] = f"{_('エラー')}：" if form.errors else ""
        return answer(self.request, self.template_name, self.surroundings(form), slots)

    @property
    def is_asked_by_script(self) -> bool:
        """Whether the page's own script asks (fields/page_form.js), not a person who pressed a button."""
        return "HX-Request" in self.request.headers and "HX-Boosted" not in self.request.headers

    def surroundings(self, form: PageForm) -> Surroundings:
        """What stands around the fields, for everybody who is where this resident is."""
        pages = tuple(self.pages())
        place = next(number for number, page in enumerate(pages) if page.key == self.storage.current_step)
        title = self.storage.spec.text("/title", self.language)
        is_correction, languages = self.storage.only is not None, tuple(languages_of(self.storage.spec.document))
        return Surroundings(title, pages, place, self.is_returning, is_correction, form.is_multipart(), languages)

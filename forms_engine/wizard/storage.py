"""formtools' storage on the draft itself: what a page was answered stands in the application, nowhere else.

So a draft outlives the session, can be continued on another device, and two tabs work on the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from formtools.wizard.storage.base import BaseStorage

from forms_engine import attachments, my_numbers, rows
from forms_engine.applications import Application
from forms_engine.attachments import AttachmentRefused
from forms_engine.facts import verified
from forms_engine.held import held_or_404, keep
from forms_engine.links import resident_link
from forms_engine.settlement import Settlement
from forms_engine.spec import FormSpec
from forms_engine.standing import Standing


class DraftStorage(BaseStorage):
    """The prefix is the application's id; the application is read once a request, and only if the session holds it."""

    def __init__(self, prefix: str, request: HttpRequest, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.application_id = UUID(prefix)
        self.is_locked = self.has_uploads = False
        self.init_data()

    @cached_property
    def application(self) -> Application:
        """The application. Raises Http404 where the session does not hold it: it does not say whether there is one.

        Locked, if ``is_locked`` was set in a transaction before: what another tab saves meanwhile comes after it.
        """
        return held_or_404(self.request, self.application_id, self.is_locked)

    @property
    def spec(self) -> FormSpec:
        return self.application.form_version.spec

    @property
    def settlement(self) -> Settlement:
        """What the answers come to; worked out already where the page answers a post (see held.keep)."""
        return self.application.settlement

    @property
    def settled(self) -> dict[str, Any]:
        """The answers of the draft as they count now."""
        return self.settlement.settle(self.application.answers)

    def standing(self, language: str) -> Standing:
        """The form as it stands for the answers of the draft, in a language."""
        return self.settlement.standing(self.settled, language)

    @cached_property
    def open(self) -> frozenset[str]:
        """The pointers that may be written now (see Application.open_pointers)."""
        return self.application.open_pointers()

    @cached_property
    def only(self) -> frozenset[str] | None:
        """The pointers open for correction; None where everything may be written."""
        return None if "" in self.open else self.open

    @cached_property
    def remarks(self) -> Mapping[str, str]:
        """What the office wrote about single fields, by pointer."""
        correction = None if self.application.is_draft else self.application.open_correction()
        return correction.remarks if correction else {}

    def attach(self, pointer: str, upload: Any, schema: Mapping[str, Any]) -> Any:
        """Keep an upload or a My Number; the answer that refers to it, or the problem with it."""
        if isinstance(upload, str):
            return my_numbers.keep(self.application, pointer, upload)
        self.has_uploads = True
        try:
            return attachments.attach(self.application, pointer, upload, schema)
        except AttachmentRefused as refused:
            return refused.problem

    def file_url(self, attachment_id: str) -> str:
        return resident_link(self.application_id, attachment_id)

    def known(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the office can verify about these answers."""
        return verified(self.spec, answers, self.settlement.today, self.application_id)

    # What formtools asks of a storage

    def get_step_data(self, step: str) -> None:
        """Nothing as it was typed is kept: a page is filled from the answers."""

    def set_step_data(self, step: str, cleaned_data: Mapping[str, Any]) -> bool:
        """Save a page's answers by top-level field, None taking one away; other pages' answers stay as they are.

        False, and nothing saved, if the application was written since it was read here.
        """
        application, read_at = self.application, self.application.updated_at
        before = application.answers
        merged = {**before, **cleaned_data}
        application.answers = {key: answer for key, answer in merged.items() if answer is not None}
        application.updated_at = now()
        return rows.put(application, read_at) and self._kept(before)

    def _kept(self, before: Mapping[str, Any]) -> bool:
        """Where files came or went, more than answers has changed: then the application is read again."""
        dropped = self.application.has_attachments and attachments.drop_removed(self.application, before)
        if not dropped and not self.has_uploads:
            keep(self.request, self.application)
        return True

    def get_step_files(self, step: str) -> None:
        """Files are attached when they arrive."""

    def reset(self) -> None:
        """A draft is never thrown away by looking at it."""

    def update_response(self, response: HttpResponse) -> None:
        """Nothing has to be sent to the browser: the draft is here."""

"""Staff sheets (職員記入欄): the staff fields of a step, asked and read like a page of a form of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from forms_engine import readout
from forms_engine.forms import form_for
from forms_engine.spec import FormSpec
from schemas.staff_fields import judged
from workflows.routable import Row
from workflows.staff_fields import StaffFields

PAGE = "staff"
#: Specs that are kept ready; each is one step's fields with what is required, or with nothing required.
KEPT = 256


class Sheet:
    """One page of staff fields.  What is required is marked so whatever is chosen; only who goes on is held to it."""

    def __init__(
        self, fields: StaffFields, entries: Mapping[str, Any], language: str, data: Any, is_onward: bool
    ) -> None:
        known = {name: value for name, value in entries.items() if name in fields.properties}
        self.asking = form_for(spec_of(fields), PAGE, known, language=language, data=data)
        loose = replace(fields, required=())
        self.judging = self.asking if is_onward else form_for(spec_of(loose), PAGE, known, language=language, data=data)

    @cached_property
    def html(self) -> SafeString:
        sheet = replace(self.asking.sheet, errors=self.judging.errors)
        controls = (control.html(sheet) for control in self.asking.controls.values())
        return mark_safe("".join(controls))  # noqa: S308 - each control was escaped where it was made

    @property
    def entries(self) -> Mapping[str, Any]:
        return self.judging.answers()

    @property
    def summary(self) -> Sequence[tuple[str, str]]:
        return self.judging.summary

    @property
    def typed(self) -> Mapping[str, Sequence[str]]:
        names = {control.name for control in self.asking.controls.values()}
        return {name: texts for name, texts in self.asking.posted.texts.items() if name.partition("~")[0] in names}

    def is_valid(self) -> bool:
        return self.judging.is_valid()


class AskedOfStaff:
    """What staff put to a subject on their own pages: mixed into a model that is Routable."""

    pk: Any

    def staff_sheet(
        self, fields: StaffFields, entries: Mapping[str, Any], language: str, data: Any = None, is_onward: bool = True
    ) -> Sheet:
        """The staff fields of a step, asked like those of a form."""
        return Sheet(fields, entries, language, data, is_onward)

    def read_entries(self, fields: StaffFields, entries: Mapping[str, Any], language: str) -> list[Row]:
        """What staff filled in, read like answers of a form."""
        return rows(fields, entries, language)

    def papers_url(self) -> str:
        """Where staff send a file that they keep about it."""
        return reverse("staff_papers", args=[self.pk])


def spec_of(fields: StaffFields) -> FormSpec:
    """The fields as a form of one page."""
    return _spec(json.dumps([fields.properties, fields.required, fields.texts], ensure_ascii=False))


@lru_cache(maxsize=KEPT)
def _spec(text: str) -> FormSpec:
    properties, required, texts = json.loads(text)
    translations = {language: {f"/schema{at}": said for at, said in found.items()} for language, found in texts.items()}
    schema = judged({"properties": properties, "required": required})
    page = {"key": PAGE, "title": "", "fields": list(properties)}
    return FormSpec.load({"form": PAGE, "schema": schema, "pages": [page], "translations": translations})


def rows(fields: StaffFields, entries: Mapping[str, Any], language: str) -> list[Row]:
    """What was filled in, in words; an entry whose field a later version of the route left out, under its key."""
    known = {name: value for name, value in entries.items() if name in fields.properties}
    sections = readout.sections(spec_of(fields), known, language, str)
    read = [row for section in sections for row in section.rows if row.pointer[1:] in known]
    gone = [Row(f"/{name}", name, str(value)) for name, value in entries.items() if name not in known]
    return [*read, *gone]

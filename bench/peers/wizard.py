"""The same pages and fields as a Kakanai form, in plain formtools SessionWizardViews with plain Django forms.

One has all pages of the journey: that of the procedure before and the check page behind those that ask.  The other asks
the same questions and has neither.
"""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from formtools.wizard.views import SessionWizardView

import schemas
from bench.leaves import FORM, pages
from bench.peers.fields import form_class
from bench.peers.models import PlainSubmission

CHECK = "check"
DOCUMENT = schemas.starter("forms", FORM)
LABELS = {leaf.name: leaf.title for _page, leaves in pages() for leaf in leaves}


class Confirmation(forms.Form):
    """The check page asks nothing."""


class PlainWizard(SessionWizardView):
    """Ends by writing one row, as formtools' documentation shows."""

    template_name = "peers/wizard.html"

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        answers = {key: value for form in form_list for key, value in form.cleaned_data.items()}
        PlainSubmission.objects.create(
            answers={key: value.isoformat() if isinstance(value, date) else value for key, value in answers.items()}
        )
        return HttpResponse("done")


class CheckedWizard(PlainWizard):
    """Shows what was answered before it ends, as formtools' documentation shows."""

    def get_template_names(self) -> list[str]:
        return ["peers/check.html" if self.steps.current == CHECK else self.template_name]

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(form=form, **kwargs)
        if self.steps.current == CHECK:
            context["answers"] = [(LABELS[name], value) for name, value in self.get_all_cleaned_data().items()]
        return context


def plain_view() -> Any:
    return PlainWizard.as_view(_steps())


def checked_view() -> Any:
    return CheckedWizard.as_view([*_steps(), (CHECK, Confirmation)])


def _steps() -> list[tuple[str, type[forms.Form]]]:
    return [(page, form_class(leaves)) for page, leaves in pages()]


def procedure(request: HttpRequest) -> HttpResponse:
    """Who, what is needed, fee: what Kakanai says before anything is asked."""
    return render(request, "peers/procedure.html", {"document": DOCUMENT, "procedure": DOCUMENT["procedure"]})


def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse("peers")

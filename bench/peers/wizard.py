"""The same pages and fields as a Kakanai form, in a plain formtools SessionWizardView with plain Django forms."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from formtools.wizard.views import SessionWizardView

from bench.leaves import Leaf, pages
from bench.peers.models import PlainSubmission


def plain_field(leaf: Leaf) -> forms.Field:
    """The Django field that a developer would choose for this leaf."""
    schema, shared = leaf.schema, {"label": leaf.title, "required": leaf.required}
    if choices := [(c["const"], c["title"]) for c in schema.get("oneOf", []) if "const" in c]:
        return forms.ChoiceField(
            choices=choices, widget=forms.RadioSelect if len(choices) < 6 else forms.Select, **shared
        )
    if "enum" in schema:
        return forms.ChoiceField(choices=[(c, c) for c in schema["enum"]], **shared)
    if schema.get("type") == "boolean":
        return forms.BooleanField(**(shared | {"required": False}))
    if schema.get("type") == "integer":
        return forms.IntegerField(min_value=schema.get("minimum"), max_value=schema.get("maximum"), **shared)
    if schema.get("format") == "date":
        return forms.DateField(**shared)
    if schema.get("format") == "email":
        return forms.EmailField(**shared)
    if "pattern" in schema:
        return forms.RegexField(schema["pattern"], max_length=schema.get("maxLength"), **shared)
    return forms.CharField(max_length=schema.get("maxLength"), **shared)


def form_class(leaves: list[Leaf]) -> type[forms.Form]:
    return type("PlainForm", (forms.Form,), {leaf.name: plain_field(leaf) for leaf in leaves})


class PlainWizard(SessionWizardView):
    """Ends by writing one row, as formtools' documentation shows."""

    template_name = "peers/wizard.html"

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        answers = {key: value for form in form_list for key, value in form.cleaned_data.items()}
        PlainSubmission.objects.create(
            answers={key: value.isoformat() if isinstance(value, date) else value for key, value in answers.items()}
        )
        return HttpResponse("done")


def view() -> Any:
    return PlainWizard.as_view([(page, form_class(leaves)) for page, leaves in pages()])


def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse("peers")

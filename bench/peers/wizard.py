"""The same pages and fields as a Kakanai form, in a plain formtools SessionWizardView with plain Django forms."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from formtools.wizard.views import SessionWizardView

from bench.leaves import pages
from bench.peers.fields import form_class
from bench.peers.models import PlainSubmission


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

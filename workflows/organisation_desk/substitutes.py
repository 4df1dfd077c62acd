"""Standing substitutes (代決の指定) of the posts of the office."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows.organisation_desk.forms import SubstituteForm
from workflows.organisation_desk.gate import StaffRequest, for_organisers, posts_within
from workflows.organisation_desk.views import both, page
from workflows.postings import keys_in_words
from workflows.progress import in_words, titles_of_posts
from workflows.staff import StaffMember
from workflows.standing_substitutes import StandingSubstitute, end_substitute, name_substitute


@both
@for_organisers
def substitutes(request: StaffRequest) -> HttpResponse:
    """Who stands in for whom, and a form to name one more."""
    form = SubstituteForm(request.POST or None, by=request.user, initial={"place": 1, "since": localdate()})
    if request.method == "POST" and form.carried_out(lambda typed: name_substitute(**typed, by=request.user)):
        messages.success(request, _("代決する職を指定しました。"))
        return redirect("organisation:substitutes")
    titles, today = titles_of_posts(), localdate()
    rows = [
        {"row": row, "post": in_words(row.post, titles), "substitute": in_words(row.substitute, titles)}
        for row in _changeable(request.user)
        if row.until is None or row.until >= today
    ]
    return page(request, "substitutes", {"rows": rows, "form": form, "today": today}, bool(form.errors))


@require_POST
@for_organisers
def ending(request: StaffRequest, pk: int) -> HttpResponse:
    """This post stands in no more, from today on."""
    end_substitute(get_object_or_404(_changeable(request.user), pk=pk), request.user)
    messages.success(request, _("代決の指定を終えました。"))
    return redirect("organisation:substitutes")


def _changeable(member: StaffMember) -> QuerySet[StandingSubstitute]:
    return StandingSubstitute.objects.filter(post__in=keys_in_words(posts_within(member)))

"""道路占用 from nothing, set at the desk: two departments are consulted beside each other, then the chief decides."""

import pytest

from forms_engine import applications, submission
from forms_engine.definitions import current
from forms_engine.manuscripts import Manuscript
from tests.forms_engine.answers import OWNER
from workflows.cases import Case, Task
from workflows.staff import StaffMember, keys_of

TITLE = "道路占用許可の申請"


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def edit(browser, draft, do, **posted):
    answer = browser.post(address(draft, "edits"), {"do": do, **posted})
    assert answer.status_code == 302, answer.content.decode()
    return answer


@pytest.fixture
def procedure(builder, municipality):
    """The form with its route, both published by who built them."""
    builder.post("/builder/drafts/", {"title": TITLE, "key": "road_use", "department": "environment"})
    form = Manuscript.objects.forms().get(key="road_use")
    for part, title in [("person", "申請者"), ("text", "占用する場所"), ("money", "占用料")]:
        edit(builder, form, "add_field", page="page-1", part=part, title=title, required_offered="1", required="1")
    builder.post(address(form, "route"))
    route = Manuscript.objects.workflows().get(key="road_use")
    consult(builder, route)
    for draft in (route, form):
        assert "公開しました" in builder.post(address(draft, "versions"), follow=True).content.decode()
    return current("road_use")


def consult(builder, route):
    """合議 of 市民課 and the office's own reviewer, at once, before the last decision."""
    last = len(Manuscript.objects.get(pk=route.pk).document["steps"]) - 1
    key = edit(builder, route, "add_step", kind="consultation", joint=f".0.{last}").url.rpartition("field=")[2]
    who = {"who_where": ["own", "department:citizens"], "who_role": ["reviewer", "section_chief"]}
    edit(builder, route, "set_members", step=key, **who, who_title=["", "市民課"])


@pytest.fixture
def applied(procedure):
    application = applications.start(procedure)
    given = {"person": OWNER, "text": "みなも市本町1丁目 地先", "money": 12_000}
    return submission.submit(applications.save_answers(application, given))


def waiting(case):
    return list(Task.objects.filter(process=case, finished=None).order_by("pk"))


def answer(client_of, task, outcome):
    """Whoever holds the post opens the case at the desk and decides there."""
    member = next(one for one in StaffMember.objects.order_by("pk") if task.key in keys_of(one))
    browser = client_of(member.username)
    page = browser.get(f"/approver/cases/{task.case.public_id}/")
    assert page.status_code == 200 and TITLE in page.content.decode()
    posted = {"outcome": outcome, "comment": "支障ありません。"}
    assert browser.post(f"/approver/tasks/{task.public_id}/decision/", posted).status_code == 302
    return member


def test_both_departments_answer_in_any_order_and_then_the_chief_decides(applied, client_of):
    case = Case.objects.of(applied).get()
    while len(waiting(case)) == 1:
        answer(client_of, waiting(case)[0], "approved")
    first, second = waiting(case)
    assert first.key != second.key
    answer(client_of, second, "approved")
    assert [one.pk for one in waiting(case)] == [first.pk]
    answer(client_of, first, "approved")
    (decision,) = waiting(case)
    answer(client_of, decision, "approved")
    applied.refresh_from_db()
    assert applied.outcome == "approved"
    assert len({one.by_id for one in case.decisions.all()}) >= 3

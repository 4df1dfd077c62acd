"""Two tabs on one application, and a tab that was left open: nothing is lost, nothing happens twice."""

import re
from collections.abc import Callable

from django.test import Client

from forms_engine import applications
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion, publish
from tests.forms_engine import documents
from tests.forms_engine.conftest import decide_as, read_again, upload
from tests.forms_engine.test_resident_desk import address, holding
from tests.forms_engine.test_wizard import APPLICANT, typed, url
from workflows.staff import StaffMember

Filled = Callable[..., Application]


def test_the_same_page_in_two_tabs_keeps_what_was_sent_last(draft: Filled, client: Client) -> None:
    application = holding(client, draft())
    first, second = {**APPLICANT, "/applicant/given_name": "一"}, {**APPLICANT, "/applicant/given_name": "二"}
    for post in (first, second):
        assert client.post(url(application, "applicant"), post).status_code == 302
    assert read_again(application).answers["applicant"]["given_name"] == "二"


def test_different_pages_in_two_tabs_keep_both(draft: Filled, client: Client) -> None:
    application = holding(client, draft(applicant=None, use_date=None))
    client.post(url(application, "use"), typed(application, "use"))
    client.post(url(application, "applicant"), APPLICANT)
    answers = read_again(application).answers
    assert answers["use_date"] == documents.ANSWERS["use_date"] and answers["applicant"]["family_name"] == "髙﨑"


def test_a_tab_left_open_changes_nothing_after_submission(draft: Filled, client: Client) -> None:
    application = holding(client, draft())
    client.post(address("submit", application))
    stale = client.post(url(application, "use"), typed(application, "use", use_date="2027-02-02"))
    assert stale.url == address("follow", application)
    assert client.post(address("submit", application)).url == address("done", application)
    found = read_again(application)
    assert found.standing_answers()["use_date"] == documents.ANSWERS["use_date"]
    assert found.revisions.count() == 1


def test_a_check_page_left_open_submits_what_stands_now_and_says_it(draft: Filled, client: Client) -> None:
    application = holding(client, draft())
    client.get(address("check", application))
    client.post(url(application, "use"), typed(application, "use", use_date="2026-12-25"))
    client.post(address("submit", application))
    assert "2026年12月25日" in client.get(address("follow", application)).content.decode()


def test_a_withdrawal_from_a_stale_tab_does_nothing_twice(submitted: Filled, client: Client) -> None:
    application = holding(client, submitted())
    for _ in range(2):
        assert client.post(address("withdraw", application), {"reason": "中止"}).url == address("follow", application)
    assert [one.title for one in read_again(application).read_out("ja")].count("取下げ") == 1


# Warnings


def test_a_taken_room_is_told_on_the_page_itself_once_and_stops_nobody(
    submitted: Filled, room: FormVersion, client: Client
) -> None:
    submitted(group_id="F-00001")  # holds room A on that day
    busy = {**documents.ROOM["checks"][1], "field": "/ends"}
    application = holding(client, applications.start(publish({**documents.ROOM, "checks": [busy]})))
    post = typed(application, "use")
    told = client.post(url(application, "use"), {**post, "_warned": ""})
    html = told.content.decode()
    assert told.status_code == 200 and html.count("重なっています") == 2 and "もう一度「次へ」" in html
    seen = re.search(r'name="_warned" value="(\w+)"', html)
    assert seen is not None
    assert read_again(application).answers["use_date"] == documents.ANSWERS["use_date"]
    assert client.post(url(application, "use"), {**post, "_warned": seen[1]}).status_code == 302
    other = typed(application, "use", starts="10:00")
    assert client.post(url(application, "use"), {**other, "_warned": seen[1]}).status_code == 200
    free = typed(application, "use", rooms=["room_b"])
    assert client.post(url(application, "use"), {**free, "_warned": seen[1]}).status_code == 302


# Corrections


def test_only_remarked_rows_and_files_open_and_the_office_sees_what_changed(
    draft: Filled, client: Client, sato: StaffMember
) -> None:
    equipment = [{"item": "机", "count": 3}, {"item": "椅子", "count": 9}]
    application = holding(client, draft(sales=True, goods="菓子", equipment=equipment))
    for name in ("計画.pdf",):
        client.post(
            url(application, "sales"),
            {**typed(application, "sales", sales=True, goods="菓子"), "/plan": upload(name=name)},
        )
    client.post(address("submit", application))
    decide_as(sato, application, "correction", remarks={"/equipment/1/count": "定員まで", "/plan": "署名がありません"})
    post = typed(application, "use", equipment=[{"item": "台車", "count": 1}, {"item": "椅子", "count": 5}])
    client.post(url(application, "use"), post)
    client.post(
        url(application, "sales"),
        {"/goods": "酒", "/plan": upload(b"%PDF-1.7\n2 0 obj\nendobj\n%%EOF\n", "署名済.pdf")},
    )
    client.post(address("submit", application))
    found = read_again(application)
    assert found.latest_revision().number == 2
    assert found.standing_answers()["equipment"] == [{"item": "机", "count": 3}, {"item": "椅子", "count": 5}]
    changed = {
        row.pointer: (row.changed_from, row.text)
        for one in found.read_out("ja")
        for row in one.rows
        if row.changed_from
    }
    assert changed == {"/equipment/1/count": ("9", "5"), "/plan": ("計画.pdf", "署名済.pdf")}

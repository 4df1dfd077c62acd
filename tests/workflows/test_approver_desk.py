"""What an approver sees and does at the desk."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.staff import StaffMember

Opened = Callable[..., Case]
Browser = Callable[[str], Client]


def case_url(case: Case) -> str:
    return reverse("approver:case", args=[case.public_id])


def decide_url(task: Task) -> str:
    return reverse("approver:decide", args=[task.public_id])


def test_the_desk_asks_who_one_is(client: Client) -> None:
    response = client.get(reverse("approver:queue"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("login"))


def test_queue_shows_only_what_waits_for_me(opened: Opened, client_of: Browser) -> None:
    opened(reference="R8-000001")
    opened(reference="R8-000002", department_key="facilities")
    mine = client_of("sato").get(reverse("approver:queue")).content.decode()
    others = client_of("yoshino").get(reverse("approver:queue")).content.decode()
    assert "R8-000001" in mine
    assert "R8-000002" not in mine
    assert "処理を待っている案件はありません" in others


def test_queue_says_in_words_what_is_late(opened: Opened, client_of: Browser) -> None:
    Task.objects.filter(pk=waiting_task(opened()).pk).update(due_on=localdate().replace(year=2020))
    assert "開庁日超過" in client_of("sato").get(reverse("approver:queue")).content.decode()


def test_queue_goes_on_page_by_page(opened: Opened, client_of: Browser) -> None:
    for number in range(27):
        opened(reference=f"R8-{number:06}")
    browser = client_of("sato")
    first = browser.get(reverse("approver:queue")).content.decode()
    assert ">27<" in first
    link = re.search(r'rel="next" href="([^"]+)"', first)
    assert link is not None
    second = browser.get(reverse("approver:queue") + link[1]).content.decode()
    assert first.count("data-case") == 25
    assert second.count("data-case") == 2


def test_a_full_queue_page_costs_a_fixed_number_of_queries(
    opened: Opened, client_of: Browser, django_assert_max_num_queries: Callable
) -> None:
    for number in range(10):
        opened(reference=f"R8-{number:06}")
    browser = client_of("sato")
    browser.get(reverse("approver:queue"))
    with django_assert_max_num_queries(10):
        browser.get(reverse("approver:queue"))


def test_case_shows_answers_route_and_form(
    opened: Opened, client_of: Browser, django_assert_max_num_queries: Callable
) -> None:
    case, browser = opened(), client_of("sato")
    browser.get(case_url(case))
    with django_assert_max_num_queries(16):
        page = browser.get(case_url(case)).content.decode()
    assert "5000" in page
    assert page.index("審査") < page.index("環境課 課長")
    assert "いまここ" in page
    assert 'name="outcome" value="approved"' in page


def test_case_of_another_department_does_not_exist(opened: Opened, client_of: Browser) -> None:
    case = opened()
    browser = client_of("suzuki")
    assert browser.get(case_url(case)).status_code == 404
    assert browser.post(decide_url(waiting_task(case)), {"outcome": "approved"}).status_code == 404


def test_colleague_of_the_department_reads_but_is_offered_no_decision(opened: Opened, client_of: Browser) -> None:
    page = client_of("yoshino").get(case_url(opened())).content.decode()
    assert 'name="outcome"' not in page


def test_case_tells_which_rule_did_not_hold(opened: Opened, client_of: Browser) -> None:
    page = client_of("sato").get(case_url(opened(documents.RULED))).content.decode()
    assert "当てはまらない" in page
    assert "手数料" in page


def test_approval_moves_the_case_on_and_says_so(opened: Opened, client_of: Browser) -> None:
    case = opened()
    response = client_of("sato").post(decide_url(waiting_task(case)), {"outcome": "approved"}, follow=True)
    assert response.redirect_chain == [(reverse("approver:queue"), 302)]
    assert "R8-0001 を承認しました。" in response.content.decode()
    assert waiting_task(case).step == "decide"


def test_nothing_is_decided_by_looking(opened: Opened, client_of: Browser) -> None:
    case = opened()
    assert client_of("sato").get(decide_url(waiting_task(case)), {"outcome": "approved"}).status_code == 405
    assert not case.decisions.exists()


def test_decision_without_an_outcome_keeps_what_was_typed(opened: Opened, client_of: Browser) -> None:
    case = opened()
    typed = {"comment": "書類を見ました", "remark:/fee": "金額が違います"}
    response = client_of("sato").post(decide_url(waiting_task(case)), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "処理を選んでください。" in page
    assert "書類を見ました" in page
    assert "金額が違います" in page


def test_refusal_is_first_shown_as_the_applicant_will_read_it(
    opened: Opened, client_of: Browser, sato: StaffMember
) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    browser, url = client_of("yoshino"), decide_url(waiting_task(case))
    refusal = {"outcome": "refused", "comment": "要件を満たしません"}
    preview = browser.post(url, refusal).content.decode()
    assert "要件を満たしません" in preview
    assert "審査請求" in preview
    assert read_again(case).is_open
    browser.post(url, refusal | {"confirmed": "yes"})
    assert read_again(case).outcome == "refused"


def test_refusal_asks_for_reasons(opened: Opened, client_of: Browser, sato: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    response = client_of("yoshino").post(decide_url(waiting_task(case)), {"outcome": "refused", "confirmed": "yes"})
    assert response.status_code == 422
    assert "不承認の理由を書いてください" in response.content.decode()


def test_rewriting_a_refusal_brings_the_reasons_back(opened: Opened, client_of: Browser, sato: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    wish = {"outcome": "refused", "comment": "要件を満たしません", "confirmed": "edit"}
    response = client_of("yoshino").post(decide_url(waiting_task(case)), wish)
    assert "要件を満たしません</textarea>" in response.content.decode()
    assert read_again(case).is_open


def test_correction_is_asked_with_a_remark_on_one_answer(opened: Opened, client_of: Browser) -> None:
    case = opened()
    wish = {"outcome": "correction", "remark:/fee": "金額を確かめてください", "remark:/other": " "}
    client_of("sato").post(decide_url(waiting_task(case)), wish)
    assert read_again(case).subject.asked == {"/fee": "金額を確かめてください"}


def test_chief_returns_a_case_to_the_step_chosen(
    opened: Opened, client_of: Browser, sato: StaffMember, takasaki: StaffMember
) -> None:
    case = opened(documents.LONG)
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", takasaki)
    wish = {"outcome": "returned", "to": "review", "comment": "もう一度見てください"}
    client_of("yoshino").post(decide_url(waiting_task(case)), wish)
    assert waiting_task(case).step == "review"
    assert "差戻しにより無効" in client_of("sato").get(case_url(case)).content.decode()


def test_the_second_of_two_is_told_who_was_faster(opened: Opened, client_of: Browser, sato: StaffMember) -> None:
    case = opened()
    task = waiting_task(case)
    decide(task, "approved", sato)
    response = client_of("sato").post(decide_url(task), {"outcome": "approved", "comment": "私も承認します"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "佐藤 花子" in page
    assert "私も承認します" in page
    assert case.decisions.count() == 1


def test_own_application_is_not_mine_to_decide(opened: Opened, client_of: Browser, sato: StaffMember) -> None:
    case = opened(applicant=sato)
    page = client_of("sato").get(case_url(case)).content.decode()
    assert 'name="outcome"' not in page
    assert "自分が申請した案件" in page


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_case_reads_in_every_language(opened: Opened, client_of: Browser, language: str) -> None:
    browser = client_of("sato")
    browser.cookies["django_language"] = language
    assert browser.get(case_url(opened(documents.RULED))).status_code == 200

"""Process managers move cases to a newer version on pages: one proposes, another looks at what would happen."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.test_transfers import NEWER, second  # noqa: F401 – fixture
from workflows.audit import AuditEntry
from workflows.cases import Case
from workflows.decisions import decide
from workflows.definitions import publish
from workflows.staff import StaffMember
from workflows.transfers import Transfer, TransferRefused, call_off, carry_out

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("second")]
Opened = Callable[..., Case]
Browser = Callable[[str], Client]
REASON = "機構改革のため"


@pytest.fixture
def cases(opened: Opened, sato: StaffMember) -> tuple[Case, Case]:
    """One case reviewed and one new, on a route of which a newer version was published since."""
    reviewed, fresh = opened(documents.LONG), opened(documents.LONG)
    decide(waiting_task(reviewed), "approved", sato)
    publish(NEWER)
    return reviewed, fresh


def proposal(case: Case) -> str:
    return reverse("approver:transfer_proposal", args=[case.version_id])


def answers(*chosen: Case, **changed: str) -> dict[str, object]:
    steps = {"step__review": "review", "step__check": "confirm", "step__decide": "decide"}
    return {**steps, "reason": REASON, "case": [str(case.public_id) for case in chosen], **changed}


@pytest.fixture
def proposed(cases: tuple[Case, Case], client_of: Browser) -> Transfer:
    """渡邉 直子 proposes to move the reviewed case."""
    client_of("watanabe").post(proposal(cases[0]), answers(cases[0]))
    return Transfer.objects.get()


def test_one_proposes_and_another_reviews_and_carries_out(cases: tuple[Case, Case], client_of: Browser) -> None:
    reviewed, fresh = cases
    proposer, other = client_of("watanabe"), client_of("kanri")
    listed = proposer.get(reverse("approver:transfers")).content.decode()
    assert proposal(reviewed) in listed and "2件" in listed
    page = proposer.post(proposal(reviewed), answers(reviewed, fresh), follow=True).content.decode()
    assert "2件のうち2件を移せます" in page and "係長確認 → 確認" in page and "審査（そのまま）" in page
    assert "見込みを確認した" not in page and "ほかの案件管理者に頼んでください" in page
    number = Transfer.objects.get().pk
    page = other.post(reverse("approver:review_transfer", args=[number]), follow=True).content.decode()
    assert "実行する" in page
    page = other.post(reverse("approver:carry_out_transfer", args=[number]), follow=True).content.decode()
    assert "2件のうち2件を移しました" in page and "実行済み" in page
    assert [read_again(case).version.number for case in cases] == [2, 2]
    assert waiting_task(reviewed).step == "confirm"


def test_chosen_case_alone_is_moved(cases: tuple[Case, Case], proposed: Transfer, client_of: Browser) -> None:
    other = client_of("kanri")
    for verb in ("review", "carry_out"):
        other.post(reverse(f"approver:{verb}_transfer", args=[proposed.pk]))
    assert [read_again(case).version.number for case in cases] == [2, 1]


def test_case_that_cannot_be_moved_says_why_and_stays(cases: tuple[Case, Case], client_of: Browser) -> None:
    reviewed, fresh = cases
    proposer = client_of("watanabe")
    page = proposer.post(proposal(reviewed), answers(reviewed, fresh, step__check=""), follow=True).content.decode()
    assert "2件のうち1件を移せます" in page and "「係長確認」の移り先が決まっていません" in page
    other, number = client_of("kanri"), Transfer.objects.get().pk
    other.post(reverse("approver:review_transfer", args=[number]))
    page = other.post(reverse("approver:carry_out_transfer", args=[number]), follow=True).content.decode()
    assert "移せませんでした" in page and read_again(reviewed).version.number == 1


def test_where_no_case_can_be_moved_there_is_nothing_to_review(cases: tuple[Case, Case], client_of: Browser) -> None:
    reviewed, _fresh = cases
    client_of("watanabe").post(proposal(reviewed), answers(reviewed, step__check=""))
    page = client_of("kanri").get(reverse("approver:transfer", args=[Transfer.objects.get().pk])).content.decode()
    assert "移せる案件がありません" in page and "見込みを確認した" not in page and "取りやめる" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": " "}, "移行の理由を書いてください"),
        ({"case": []}, "移す案件を1件以上選んでください"),
        ({"case": ["no-such-case"]}, "選び直してください"),
        ({"step__review": "no_such_step"}, "正しく選択してください"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    cases: tuple[Case, Case], client_of: Browser, changed: dict[str, str], said: str
) -> None:
    reviewed, _fresh = cases
    answer = client_of("watanabe").post(proposal(reviewed), answers(reviewed, **changed))
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and not Transfer.objects.exists()
    assert '<option value="confirm" selected>' in page


def test_case_that_was_decided_meanwhile_is_not_chosen(
    cases: tuple[Case, Case], client_of: Browser, yoshino: StaffMember
) -> None:
    reviewed, fresh = cases
    Case.objects.filter(pk=fresh.pk).update(finished=fresh.created)
    answer = client_of("watanabe").post(proposal(reviewed), answers(reviewed, fresh))
    assert answer.status_code == 422 and "もうこの版で進行していないものがあります" in answer.content.decode()


def test_nobody_else_sees_or_does_anything(cases: tuple[Case, Case], proposed: Transfer, client_of: Browser) -> None:
    number, outsider = proposed.pk, client_of("yoshino")
    pages = [reverse("approver:transfers"), proposal(cases[0]), reverse("approver:transfer", args=[number])]
    assert [outsider.get(page).status_code for page in pages] == [403, 403, 403]
    for verb in ("review", "carry_out", "call_off"):
        assert outsider.post(reverse(f"approver:{verb}_transfer", args=[number])).status_code == 403
    assert "版の移行" not in outsider.get(reverse("approver:queue")).content.decode()
    assert "版の移行" in client_of("watanabe").get(reverse("approver:queue")).content.decode()


def test_proposer_neither_reviews_nor_carries_out_even_without_the_buttons(
    cases: tuple[Case, Case], proposed: Transfer, client_of: Browser
) -> None:
    proposer = client_of("watanabe")
    for verb in ("review", "carry_out"):
        page = proposer.post(reverse(f"approver:{verb}_transfer", args=[proposed.pk]), follow=True)
        assert "提案した人は" in page.content.decode()
    assert read_again(cases[0]).version.number == 1


def test_proposal_is_called_off_and_can_be_made_anew(
    cases: tuple[Case, Case],
    proposed: Transfer,
    client_of: Browser,
    second: StaffMember,  # noqa: F811
) -> None:
    proposer = client_of("watanabe")
    page = proposer.post(reverse("approver:call_off_transfer", args=[proposed.pk]), follow=True).content.decode()
    assert "取りやめました" in page and not Transfer.objects.exists()
    assert AuditEntry.objects.order_by("number").last().verb == "call_off_transfer"  # type: ignore[union-attr]
    with pytest.raises(TransferRefused, match="取りやめられました"):
        call_off(proposed, second)
    proposer.post(proposal(cases[0]), answers(cases[0]))
    assert Transfer.objects.count() == 1


def test_what_was_carried_out_is_not_called_off(
    proposed: Transfer,
    client_of: Browser,
    second: StaffMember,  # noqa: F811
) -> None:
    other = client_of("kanri")
    other.post(reverse("approver:review_transfer", args=[proposed.pk]))
    carry_out(proposed, second)
    page = other.post(reverse("approver:call_off_transfer", args=[proposed.pk]), follow=True).content.decode()
    assert "もう始まっているため" in page and Transfer.objects.filter(pk=proposed.pk).exists()


def test_version_is_reached_only_while_it_exists(cases: tuple[Case, Case], client_of: Browser) -> None:
    browser = client_of("watanabe")
    assert browser.get(reverse("approver:transfer_proposal", args=[999_999])).status_code == 404
    assert browser.get(reverse("approver:transfer", args=[999_999])).status_code == 404
    assert browser.post(reverse("approver:review_transfer", args=[999_999])).status_code == 404

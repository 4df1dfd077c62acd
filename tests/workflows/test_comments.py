"""Comments inside the office: encrypted, seen by staff only; who is called gets a link by mail and nothing else."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from workflows.audit import AuditEntry
from workflows.cases import Case
from workflows.comments import Comment, CommentRefused, called_in, say
from workflows.staff import StaffMember

Opened = Callable[..., Case]
Browser = Callable[[str], Client]


@pytest.fixture
def reachable(takasaki: StaffMember, settings) -> StaffMember:
    """髙﨑 一郎, with an address to write to."""
    settings.EMAIL_HOST = settings.EMAIL_HOST or "mail.example"
    takasaki.email = "takasaki@example.jp"
    takasaki.save()
    return takasaki


def test_comment_is_kept_encrypted_and_shown_to_staff(opened: Opened, client_of: Browser) -> None:
    case = opened()
    client_of("sato").post(reverse("approver:comment", args=[case.public_id]), {"text": "面積を確認済み"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM workflows_comment")
        assert "面積" not in str(cursor.fetchone()[0])
    page = client_of("takasaki").get(reverse("approver:case", args=[case.public_id])).content.decode()
    assert "面積を確認済み" in page
    assert "面積" not in str(AuditEntry.objects.latest("number").detail)


def test_empty_or_endless_comment_is_refused_and_not_lost(opened: Opened, client_of: Browser) -> None:
    case = opened()
    url = reverse("approver:comment", args=[case.public_id])
    assert "コメントを書いてください" in client_of("sato").post(url, {"text": " "}).content.decode()
    long = client_of("sato").post(url, {"text": "あ" * 4001})
    assert long.status_code == 422 and "あ" * 4001 in long.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["@takasaki 見てください", "＠髙﨑一郎、お願いします", "経緯は@髙﨑一郎（係長）へ"])
def test_people_are_called_by_login_or_name(takasaki: StaffMember, text: str) -> None:
    assert called_in(text) == [takasaki]


def test_who_is_called_gets_a_link_and_nothing_that_was_written(
    opened: Opened, sato: StaffMember, reachable: StaffMember
) -> None:
    case = opened()
    say(case, sato, "@takasaki 秘密の相談です")
    body = mail.outbox[-1].body
    assert mail.outbox[-1].to == ["takasaki@example.jp"]
    assert str(case.public_id) in body and "秘密" not in body and "呼ばれました" in body


def test_nobody_is_called_to_a_case_that_he_may_not_see(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    _comment, called = say(opened(), sato, "@suzuki と @nobody と @sato")
    assert called == []


def test_applicant_of_the_staff_neither_reads_nor_writes_them(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, client_of: Browser
) -> None:
    case = opened(applicant=sato)
    say(case, takasaki, "本人には言わないこと")
    assert "本人には" not in client_of("sato").get(reverse("approver:case", args=[case.public_id])).content.decode()
    with pytest.raises(CommentRefused):
        say(case, sato, "なぜですか")

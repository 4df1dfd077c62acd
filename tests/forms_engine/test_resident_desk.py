"""What a resident sees and does, from finding a procedure to its end."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms_engine import applications, attachments, submission
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion, publish
from forms_engine.residents import GUESSES
from tests.forms_engine import documents
from tests.forms_engine.conftest import PDF, decide_as, read_again, upload
from tests.forms_engine.test_pictures import photograph
from workflows.authority import DecisionRefused
from workflows.staff import StaffMember

Filled = Callable[..., Application]


def address(name: str, application: Application, *more: Any) -> str:
    return reverse(f"resident:{name}", args=[application.pk, *more])


def holding(client: Client, application: Application) -> Application:
    """From now on the test's browser holds the application."""
    session = client.session
    session["applications"] = [*session.get("applications", []), str(application.pk)]
    session.save()
    return application


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


# Finding


@pytest.mark.parametrize("words", ["会議", "会議室 使用", "MEETING", "ｍｅｅｔｉｎｇ"])
def test_procedure_is_found_by_part_of_its_title_in_any_language(room: FormVersion, client: Client, words: str) -> None:
    assert "会議室使用申請書" in page(client, reverse("resident:find") + f"?q={words}")


def test_procedure_is_found_in_either_kana(room: FormVersion, client: Client) -> None:
    document = {**documents.ROOM, "procedure": {**documents.ROOM["procedure"], "keywords": ["かいぎしつ"]}}
    publish(document)
    assert "会議室使用申請書" in page(client, reverse("resident:find") + "?q=カイギ")


def test_nothing_found_says_what_to_do(room: FormVersion, client: Client) -> None:
    text = page(client, reverse("resident:find") + "?q=パスポート")
    assert "会議室使用申請書" not in text
    assert "別のことばで" in text


def test_internal_procedures_are_not_offered(room: FormVersion, client: Client) -> None:
    publish({**documents.ROOM, "procedure": {**documents.ROOM["procedure"], "kind": "internal", "mode": "internal"}})
    assert "会議室使用申請書" not in page(client, reverse("resident:find"))
    assert client.get(reverse("resident:procedure", args=["room"])).status_code == 404


def test_procedure_tells_everything_before_anything_is_asked(room: FormVersion, client: Client) -> None:
    text = page(client, reverse("resident:procedure", args=["room"]))
    for words in ("3開庁日以内", "オンラインで完結", "環境課", "使用の内容"):
        assert words in text
    assert not Application.objects.exists()


def test_starting_makes_a_draft_that_this_browser_holds(room: FormVersion, client: Client) -> None:
    response = client.post(reverse("resident:start", args=["room"]), follow=True)
    application = Application.objects.get()
    assert application.is_draft
    assert response.redirect_chain[0][0] == address("fill", application, "applicant")
    assert response.status_code == 200


def test_looking_starts_nothing(room: FormVersion, client: Client) -> None:
    assert client.get(reverse("resident:start", args=["room"])).status_code == 405
    assert not Application.objects.exists()


# Whose it is


@pytest.mark.parametrize("name", ["check", "submit", "saved", "done", "follow", "withdraw", "copy"])
def test_application_of_another_person_does_not_exist(submitted: Filled, client: Client, name: str) -> None:
    url = address(name, submitted())
    assert client.get(url).status_code in (404, 405)
    assert client.post(url).status_code in (404, 405)


def test_attachment_of_another_person_does_not_exist(draft: Filled, client: Client) -> None:
    application = draft(sales=True, goods="菓子")
    file = attachments.attach(application, "/plan", upload())
    url = address("attachment", application, file["id"])
    assert client.get(url).status_code == 404
    holding(client, application)
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"


def test_attachment_is_not_found_under_another_application(draft: Filled, client: Client) -> None:
    theirs, mine = draft(sales=True, goods="菓子"), holding(client, draft())
    file = attachments.attach(theirs, "/plan", upload())
    assert client.get(address("attachment", mine, file["id"])).status_code == 404


def test_saved_link_continues_on_another_device(draft: Filled, client: Client) -> None:
    application = holding(client, draft(use_date=None))
    text = page(client, address("saved", application))
    assert "data:image/png;base64," in text
    link = re.search(r'id="link">http://testserver([^<]+)<', text)
    assert link is not None
    response = Client().get(link[1])
    assert response.url == address("fill", application, "use")


def test_wrong_code_opens_nothing(draft: Filled, client: Client) -> None:
    url = reverse("resident:resume", args=[draft().pk, "AAAA-BBBB-CCCC-DDDD"])
    assert client.get(url).status_code == 404
    for _ in range(GUESSES):
        response = client.get(url)
    assert response.status_code == 429


def test_receipt_number_and_code_open_it_anywhere(submitted: Filled, client: Client) -> None:
    application = submitted()
    given = {"receipt_number": application.receipt_number, "code": application.access_code.lower()}
    assert client.post(reverse("resident:find_application"), given).url == address("follow", application)
    wrong = Client().post(reverse("resident:find_application"), {**given, "code": "AAAA"})
    assert wrong.status_code == 422
    assert "受付番号か照会番号が違います" in wrong.content.decode()


# Checking and submitting


def test_check_page_shows_every_answer_with_a_way_to_change_it(
    draft: Filled, client: Client, django_assert_max_num_queries: Callable
) -> None:
    application = holding(client, draft())
    page(client, address("check", application))
    with django_assert_max_num_queries(6):
        text = page(client, address("check", application))
    assert "髙﨑" in text
    assert "葛󠄀子" in text
    assert f"{address('fill', application, 'use')}?return=check#/use_date" in text
    assert read_again(application).is_draft


def test_check_page_names_what_is_missing_and_where(draft: Filled, client: Client) -> None:
    application = holding(client, draft(use_date=None))
    text = page(client, address("check", application))
    assert "まだ送信できません" in text
    assert f"{address('fill', application, 'use')}?return=check#/use_date" in text
    assert address("submit", application) not in text


def test_submitting_twice_is_submitting_once(draft: Filled, client: Client) -> None:
    application = holding(client, draft())
    urls = {client.post(address("submit", application)).url for _ in range(2)}
    assert urls == {address("done", application)}
    text = page(client, address("done", application))
    assert str(read_again(application).receipt_number) in text
    assert application.access_code in text
    assert application.revisions.count() == 1


def test_looking_never_submits(draft: Filled, client: Client) -> None:
    application = holding(client, draft())
    for name in ("check", "done", "follow", "saved", "submit"):
        client.get(address(name, application))
    assert read_again(application).is_draft


def test_incomplete_submission_says_why(draft: Filled, client: Client) -> None:
    application = holding(client, draft(rooms=None))
    response = client.post(address("submit", application))
    assert response.status_code == 422
    assert "部屋" in response.content.decode()


def test_staff_who_apply_for_themselves_are_noted(
    room: FormVersion, client_of: Callable[[str], Client], sato: StaffMember
) -> None:
    client_of("sato").post(reverse("resident:start", args=["room"]))
    assert Application.objects.get().applied_by == sato


# Following


def test_follow_page_tells_where_it_stands(
    submitted: Filled, client: Client, django_assert_max_num_queries: Callable
) -> None:
    application = holding(client, submitted())
    page(client, address("follow", application))
    with django_assert_max_num_queries(13):
        text = page(client, address("follow", application))
    assert text.index("受付") < text.index("審査") < text.index("完了")
    assert "審査中" in text


def test_correction_shows_the_remark_and_opens_only_that_answer(
    submitted: Filled, client: Client, sato: StaffMember
) -> None:
    application = holding(client, submitted())
    decide_as(sato, application, "correction", remarks={"/use_date": "休館日でない日にしてください"})
    text = page(client, address("follow", application))
    assert "休館日でない日にしてください" in text
    assert address("fill", application, "use") in text
    check = page(client, address("check", application))
    assert "return=check#/use_date" in check
    assert "return=check#/starts" not in check


def test_corrected_application_goes_back_to_the_office(submitted: Filled, client: Client, sato: StaffMember) -> None:
    application = holding(client, submitted())
    decide_as(sato, application, "correction", remarks={"/use_date": "別の日にしてください"})
    assert client.post(address("submit", application)).url == address("done", application)
    assert read_again(application).open_correction() is None


def test_refusal_is_told_with_reasons_and_how_to_appeal(
    submitted: Filled, client: Client, sato: StaffMember, yoshino: StaffMember
) -> None:
    application = holding(client, submitted())
    decide_as(sato, application, "approved", comment="内部のメモ")
    decide_as(yoshino, application, "refused", comment="目的に合いません")
    text = page(client, address("follow", application))
    assert "目的に合いません" in text
    assert "審査請求" in text
    assert "内部のメモ" not in text


def test_withdrawing_asks_first(submitted: Filled, client: Client) -> None:
    application = holding(client, submitted())
    assert "元に戻せません" in page(client, address("withdraw", application))
    assert not read_again(application).is_closed
    client.post(address("withdraw", application))
    assert read_again(application).outcome == "withdrawn"


def test_decided_application_is_not_withdrawn(submitted: Filled, client: Client) -> None:
    application = holding(client, submitted(group_id="F-00001"))
    assert application.is_closed or read_again(application).outcome == "approved"
    text = client.post(address("withdraw", application), follow=True).content.decode()
    assert "取り下げられません" in text


def test_copy_that_is_not_made_yet_says_so(submitted: Filled, client: Client) -> None:
    application = holding(client, submitted())
    assert client.get(address("copy", application)).url == address("follow", application)
    submission.withdraw(application)
    application.refresh_from_db()
    if hasattr(application, "archive_copy"):
        application.archive_copy.delete()
    response = client.get(address("copy", application))
    assert response.status_code == 503
    assert response["Retry-After"] == "60"


def test_copy_is_handed_to_its_resident(submitted: Filled, client: Client) -> None:
    application = holding(client, submitted(group_id="F-00001"))
    response = client.get(address("copy", application))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


# Languages


@pytest.mark.parametrize(("language", "words"), [("ja-easy", "インターネットで"), ("en", "Apply online")])
def test_language_is_chosen_with_a_button(room: FormVersion, client: Client, language: str, words: str) -> None:
    client.post(reverse("resident:language"), {"language": language, "next": "/"})
    assert words in page(client, reverse("resident:find"))


def test_staff_who_submit_in_their_own_browser_do_not_decide_on_it(
    draft: Filled, client: Client, sato: StaffMember
) -> None:
    application = holding(client, draft())
    client.force_login(sato, backend="django.contrib.auth.backends.ModelBackend")
    held = client.session
    held["applications"] = [str(application.pk)]
    held.save()
    client.post(address("submit", application))
    with pytest.raises(DecisionRefused, match="自分が申請・起案した"):
        decide_as(sato, read_again(application), "approved")


def test_a_correction_is_asked_only_about_what_was_asked(submitted: Filled, sato: StaffMember) -> None:
    with pytest.raises(DecisionRefused, match="/nowhere"):
        decide_as(sato, submitted(), "correction", remarks={"/nowhere": "直してください"})


# Pictures


def test_a_picture_is_shown_small_to_its_resident_alone(draft: Filled, client: Client) -> None:
    application = holding(client, draft(sales=True, goods="菓子"))
    file = attachments.attach(application, "/photos", upload(photograph("PNG"), "店.png"))
    applications.save_answers(application, {"photos": [file]})
    url = address("thumbnail", application, file["id"])
    assert url in page(client, address("fill", application, "sales"))
    assert url in page(client, address("check", application))
    small = client.get(url)
    assert small["Content-Type"] == "image/jpeg" and "sandbox" in small["Content-Security-Policy"]
    assert small["X-Content-Type-Options"] == "nosniff" and Client().get(url).status_code == 404


def test_a_pdf_and_a_damaged_picture_have_no_thumbnail(draft: Filled, client: Client) -> None:
    application = holding(client, draft(sales=True, goods="菓子"))
    damaged = photograph("PNG")[:60] + b"IEND"
    for content in (PDF, damaged):
        file = attachments.attach(application, "/photos", upload(content, "店"))
        assert client.get(address("thumbnail", application, file["id"])).status_code == 404

"""A member of staff who never wrote code makes the disaster certificate out of nothing: form, route, rule, publication.

They go by what is written on the screen. A resident applies at once, and two people of the section decide.
"""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from forms_engine.applications import Application
from tests.forms_engine.answers import ADDRESS, OWNER
from tests.journeys.people import choose, go_through, open_case, sign_in, turn, verified
from workflows.capacities import BUILDER, PUBLISHER, grant
from workflows.cases import Case
from workflows.staff import StaffMember

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TITLE = "罹災証明書の申請"
CAUSES = ["地震", "洪水・浸水", "暴風", "土砂災害", "その他"]
PAGES = {
    "災害": [
        ("災害名", "1つ選ぶ", ["台風第10号", "11月の大雨"]),
        ("罹災した日", "日付"),
        ("罹災の原因", "1つ選ぶ", CAUSES),
    ],
    "申請する方": [("申請者", "氏名・フリガナ・生年月日"), ("連絡先", "連絡先（電話・メール）"), ("今いる所", "住所")],
    "建物": [
        ("罹災した場所", "住所"),
        ("証明の種類", "1つ選ぶ", ["罹災証明書（家）", "被災証明書（家以外）"]),
        ("世帯の方", "くり返し（表）"),
        ("建物の種類", "1つ選ぶ", ["一戸建て", "共同住宅", "店舗併用住宅"]),
    ],
    "被害": [
        ("被害の状況", "文字（複数行）"),
        ("浸水の深さ", "数"),
        ("写真だけの判定を希望しますか", "はい・いいえ"),
        ("写真だけの判定に同意します", "同意・誓約（印が必要）"),
        ("被害の写真", "添付書類"),
        ("必要な通数", "数"),
    ],
}
#: At which answer of which question what is asked.
SHOWN = [
    ("罹災の原因", "洪水・浸水", "浸水の深さ"),
    ("証明の種類", "罹災証明書（家）", "世帯の方"),
    ("写真だけの判定を希望しますか", "はい", "写真だけの判定に同意します"),
]


@pytest.fixture
def clerk(municipality, page):
    """森, who may build and publish."""
    for kind in (BUILDER, PUBLISHER):
        grant(StaffMember.objects.get(username="mori"), kind)
    sign_in(page, "mori")
    return page


def about(page, title):
    """Until the panel is about this."""
    expect(page.locator("#properties-title")).to_contain_text(title)


def structure(page, title):
    page.locator("#structure").get_by_role("link", name=re.compile(f"^(\\d+\\. )?{re.escape(title)}")).first.click()
    about(page, f"「{title}」")


def add(page, title, part, choices=()):
    if page.locator("#new-field-title").count() == 0:
        page.get_by_role("link", name="＋ この画面に項目を加える").click()
    page.locator("#new-field-title").fill(title)
    page.locator("#palette").get_by_role("button", name=part, exact=True).click()
    about(page, f"「{title}」")
    if choices:
        page.get_by_text("まとめて貼り付ける").click()
        page.get_by_label("1行に1つの選択肢").fill("\n".join(choices))
        page.keyboard.press("Tab")
        expect(page.locator("#choice-0")).to_have_value(choices[0])


def ask_everything(page):
    for number, (title, fields) in enumerate(PAGES.items()):
        if number:
            page.get_by_label("新しい画面の名前").fill(title)
            page.get_by_role("button", name="画面を加える").click()
            about(page, f"「{title}」")
        else:
            page.get_by_label("画面の名前", exact=True).fill(title)
            page.keyboard.press("Tab")
            about(page, f"「{title}」")
        for field in fields:
            add(page, *field)


def add_to_the_table(page):
    structure(page, "世帯の方")
    page.get_by_label("項目の名前（あとから").fill("続柄")
    page.locator("#form-add-column").get_by_role("button", name="文字（1行）").click()
    about(page, "表の中の項目「続柄」")


def set_when(page, question, answer, field):
    structure(page, question)
    box = page.locator("#answers details").filter(has_text=f"「{answer}」のとき").first
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.get_by_label(field, exact=True).check()
    expect(page.locator("#structure").get_by_text(f"「{answer}」のとき")).to_be_visible()


def allow_no_future(page):
    structure(page, "罹災した日")
    page.get_by_text("入力の決まり").click()
    page.get_by_label("いつまで").select_option("本日以前")
    expect(page.get_by_label("何日後か")).to_have_value("0")


def make_the_route(page):
    page.get_by_role("link", name="手続き", exact=True).click()
    page.get_by_role("button", name="この様式のための経路を作る").click()
    expect(page.locator("h1")).to_have_text(f"{TITLE}の決裁")
    page.locator("#flow").get_by_text("＋", exact=True).first.click()
    page.get_by_role("button", name="自動承認の規則").click()
    for column in ("写真だけの判定を希望しますか", "証明の種類"):
        page.get_by_label("見る項目（列）").select_option(label=column)
        page.get_by_role("button", name="列を加える").click()
        expect(page.locator(f'#rules td[data-column="{column}"]')).to_be_visible()
    decide(page, "写真だけの判定を希望しますか")
    decide(page, "証明の種類", "罹災証明書（家）")
    publish(page)


def decide(page, column, answer=""):
    """Open a cell of the table, tick an answer where there are several, and settle it."""
    cell = page.locator(f'#rules td[data-column="{column}"]')
    cell.locator("summary").click()
    if answer:
        cell.get_by_label(answer).check()
    cell.get_by_role("button", name="決める").click()
    expect(cell.locator("summary")).to_contain_text(answer or "はい")


def publish(page):
    page.get_by_role("link", name="公開へ").click()
    page.get_by_role("button", name="今すぐ公開する").click()
    expect(page.locator(".messages")).to_contain_text("第1版として公開しました")


def damage():
    """Answers by the keys that were given while the form was built; a place that is no house, so nobody lives there."""
    return {
        "choice": "choice_2", "date": (localdate() - timedelta(3)).isoformat(), "choice_2": "choice_2", "person": OWNER,
        "contact": {"phone": "03-1234-5678"}, "address": ADDRESS, "address_2": ADDRESS, "choice_3": "choice_3",
        "choice_4": "choice_2", "textarea": "屋根瓦が落ちた", "boolean": False, "file": "photo.pdf", "integer_2": 1,
    }  # fmt: skip


def light_damage_of_a_house():
    """What the rule of the new route approves: a house, judged by the photos alone."""
    return {**damage(), "choice_3": "choice_2", "boolean": True, "pledge": True}


def apply(phone, answers, look):
    phone.goto("/")
    phone.locator("#results").get_by_role("link", name=TITLE).click()
    turn(phone, phone.get_by_role("button", name="入力を始める"))
    go_through(phone, answers, look)
    phone.get_by_role("button", name="この内容で").click()
    phone.wait_for_url("**/done/")
    return re.search(r"R\d+-\d{6}", phone.locator("main").inner_text())[0]


def test_staff_without_code_make_a_procedure_that_residents_use_at_once(clerk, phone, open_page, look):
    clerk.goto("/builder/")
    clerk.get_by_label("様式の名前").fill(TITLE)
    clerk.locator("#new-department").select_option(label="危機管理課")
    clerk.get_by_role("button", name="作り始める").click()
    ask_everything(clerk)
    add_to_the_table(clerk)
    allow_no_future(clerk)
    for shown in SHOWN:
        set_when(clerk, *shown)
    look(clerk)
    make_the_route(clerk)
    clerk.get_by_role("link", name="様式", exact=True).click()
    clerk.get_by_role("link", name=TITLE).first.click()
    publish(clerk)
    receipt = apply(phone, damage(), look)
    for login in ("maeda", "fujita"):
        desk = open_page()
        sign_in(desk, login)
        open_case(desk, receipt)
        choose(desk, "approved")
    assert Application.objects.get(receipt_number=receipt).outcome == "approved"
    assert_the_rule_decides_at_once(phone, open_page(), look)


def assert_the_rule_decides_at_once(phone, desk, look):
    """Without anybody of the office; the copy says which rule it was, and whoever looks at the case reads why."""
    application = Application.objects.get(receipt_number=apply(phone, light_damage_of_a_house(), look))
    assert application.outcome == "approved"
    (decision,) = Case.objects.of(application).get().decisions.all()
    assert decision.by is None
    report = verified(phone)
    assert report.ok, report.lines("ja")
    sign_in(desk, "maeda")
    desk.goto(f"/approver/cases/{Case.objects.of(application).get().public_id}/")
    expect(desk.locator("main")).to_contain_text("規則が承認しました")
    expect(desk.locator("main")).to_contain_text("写真だけの判定を希望しますか")

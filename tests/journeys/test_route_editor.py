"""Somebody who never wrote code builds a route with a table of rules, in a real browser, and publishes it."""

import pytest
from playwright.sync_api import expect

from forms_engine import manuscripts
from tests.journeys.people import sign_in
from workflows.capacities import BUILDER, PUBLISHER, grant
from workflows.definitions import current
from workflows.staff import StaffMember

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 768, 1280)


@pytest.fixture
def builder(published, page):
    """設計担当 at a desk; a form about an amount and events of the city is to run on the new route."""
    for kind in (BUILDER, PUBLISHER):
        grant(StaffMember.objects.get(username="builder"), kind)
    properties = {
        "total": {"type": "integer", "title": "合計金額"},
        "city_event": {"type": "boolean", "title": "市の行事"},
    }
    schema, procedure = (
        {"type": "object", "properties": properties},
        {"workflow": "parking", "department": "environment"},
    )
    form = {"form": "parking_use", "title": "駐車場", "schema": schema, "pages": [], "procedure": procedure}
    manuscripts.begin({**form, "presentation": {"total": {"unit": "円"}}}, "environment")
    sign_in(page, "builder")
    return page


def add(page, joint, kind):
    page.locator(f"#joint-{joint}").click()
    page.locator(f"#part-{kind}").click()
    expect(page.locator("#palette-title")).to_have_count(0)


def look_at_all_widths(page, look):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        look(page)


def begin(page):
    page.goto("/builder/routes/")
    page.get_by_label("経路の名前").fill("駐車場の使用")
    page.get_by_label("記号", exact=True).fill("parking")
    page.locator("#new-department").select_option("environment")
    page.get_by_role("button", name="作り始める").click()
    expect(page.locator("#step-decision")).to_be_visible()


def ask_for_agreement(page):
    add(page, "route-0-1", "consultation")
    members = page.locator("#form-members-consultation")
    members.locator("[name=who_where]").first.select_option("department:citizens")
    members.locator("[name=who_role]").first.select_option("section_chief")
    members.get_by_role("button", name="決める").click()
    expect(page.locator("#step-consultation")).to_contain_text("市民課の課長")


def branch_by_amount(page):
    page.locator("#step-decision").click()
    expect(page.locator("#properties-title")).to_contain_text("決裁")
    page.locator("#delete").click()
    expect(page.locator("#step-decision")).to_have_count(0)
    add(page, "route-0-2", "choice")
    branch = page.locator("#branch-choice-0")
    branch.locator("[name=fact]").select_option("0:total")
    branch.get_by_role("button", name="条件を加える").click()
    asked = page.locator("#asked-branch-0-1")
    asked.locator("[name=compared]").fill("200,000")
    asked.locator("[name=comparison]").select_option("minimum")
    asked.get_by_role("button", name="決める").click()
    expect(page.locator("#flow")).to_contain_text("合計金額が200,000円以上")
    add(page, "choice-0-0", "decision")
    add(page, "choice-1-0", "decision")


def set_cell(page, row, column, comparison, value=""):
    cell = page.locator(".rules__table tbody tr").nth(row).locator("td").nth(column)
    cell.locator("summary").click()
    if value:
        cell.locator("[name=compared]").fill(value)
    cell.locator("[name=comparison]").select_option(comparison)
    cell.get_by_role("button", name="決める").click()
    expect(cell.locator("summary")).not_to_contain_text("見ない")


def fill_rules(page):
    add(page, "route-0-0", "rules")
    page.locator("#new-column").select_option("total")
    page.get_by_role("button", name="列を加える").click()
    set_cell(page, 0, 0, "maximum", "10000")
    page.locator("#new-rule").fill("市の行事")
    page.get_by_role("button", name="規則を加える").click()
    page.locator("#new-column").select_option("city_event")
    page.get_by_role("button", name="列を加える").click()
    set_cell(page, 1, 1, "true")
    expect(page.locator("#rules")).to_contain_text("どの行にも当てはまりません")


def test_route_with_agreement_branches_and_rules_is_built_tried_and_published(builder, look):
    begin(builder)
    ask_for_agreement(builder)
    branch_by_amount(builder)
    look_at_all_widths(builder, look)
    fill_rules(builder)
    builder.locator("[name=try_0]").fill("5000")
    builder.get_by_role("button", name="ためす").click()
    expect(builder.locator(".rules__tried")).to_contain_text("当てはまる")
    look_at_all_widths(builder, look)
    builder.locator("#to-publication").click()
    builder.get_by_role("button", name="今すぐ公開する").click()
    expect(builder.get_by_text("第1版として公開しました。")).to_be_visible()
    look_at_all_widths(builder, look)
    kinds = [step["kind"] for step in current("parking").document["steps"]]
    assert kinds == ["rules", "approval", "consultation", "choice"]

"""A whole draft is tried before it is published: by people who do not exist, and by applications that do."""

import pytest

from forms_engine import manuscripts
from forms_engine.manuscripts import Manuscript, replace
from workflows.definitions import publish as publish_workflow
from workflows.staff import Post


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def told(browser, draft, *rest):
    return browser.get(address(draft, *(rest or ["rehearsal"]))).content.decode()


@pytest.fixture
def gated(organisation):
    """A form whose last question can never come up, and a route with a branch that nobody takes."""
    decide = {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "mayor"}}
    review = {
        "key": "review",
        "kind": "approval",
        "title": "審査",
        "by": {"department": "environment", "role": "ghost"},
    }
    cases = [{"title": "多い", "when": {"copies": {"minimum": 9}}, "steps": [review]}, {"otherwise": True, "steps": []}]
    steps = [{"key": "split", "kind": "choice", "title": "分岐", "cases": cases}, decide]
    publish_workflow({"workflow": "gated", "title": "分かれる経路", "steps": steps})
    copies = {"type": "integer", "title": "通数", "minimum": 1, "maximum": 5}
    asked = {"properties": {"why": {"type": "string", "title": "理由", "maxLength": 20}}, "required": ["why"]}
    branch = {"if": {"properties": {"copies": {"minimum": 6}}, "required": ["copies"]}, "then": asked}
    schema = {"type": "object", "properties": {"copies": copies}, "required": ["copies"], **branch}
    procedure = {"kind": "application", "workflow": "gated", "department": "environment", "period": {"working_days": 5}}
    procedure |= {"mode": "online_complete", "identity": "L1", "retention_years": 5}
    pages = [
        {"key": "page-1", "title": "通数の画面", "fields": ["copies"]},
        {"key": "page-2", "title": "理由の画面", "fields": ["why"]},
    ]
    document = {"form": "gated", "title": "写しの請求", "schema": schema, "pages": pages, "procedure": procedure}
    return manuscripts.begin(document, "environment")


def test_pages_and_fields_that_nobody_comes_to_are_named_with_the_way_there(builder, gated):
    page = told(builder, gated)
    assert "画面「理由の画面」は、だれにも表示されませんでした" in page
    assert "項目「理由」は、だれにも表示されませんでした" in page
    assert "?field=why" in page


def test_branches_and_steps_that_no_case_takes_are_named(builder, gated):
    page = told(builder, gated)
    assert "「分岐」の「多い」に当てはまった申請はありませんでした" in page
    assert "段階「審査」に進んだ申請はありませんでした" in page


def test_route_that_is_still_a_draft_is_walked_too_once_it_could_be_published(builder, draft):
    builder.post(address(draft, "route"))
    page = told(builder, draft)
    assert "まだ公開していない下書きで試しました" in page and "経路は試していません" not in page
    route = Manuscript.objects.workflows().get()
    replace(route, {**route.document, "steps": []})
    assert "直すところが残っているため、経路は試していません" in told(builder, draft)


def test_post_that_nobody_holds_is_named(builder, gated):
    Post.objects.filter(role__key="mayor").delete()
    document = gated.document
    document["schema"]["properties"]["copies"]["maximum"] = 12
    replace(gated, document)
    page = told(builder, gated)
    assert "だれにも表示されませんでした" not in page
    assert "environment ghost" in page or "環境課 ghost" in page


def test_answer_that_may_outgrow_a_page_is_named(builder, draft):
    document = draft.document
    features = document["schema"]["properties"]["features"]
    features |= {"maxLength": 4000}
    features.pop("format", None)
    replace(draft, document)
    assert "上限の4000字まで書かれると、PDFの欄は3ページにわたります" in told(builder, draft)
    del features["maxLength"]
    replace(draft, document)
    assert f"項目「{features['title']}」には文字数の上限がありません" in told(builder, draft)


def test_report_is_a_part_of_the_editor_or_a_page_of_its_own(builder, draft):
    assert 'hx-get="' + address(draft, "rehearsal") in builder.get(f"{address(draft)}?tab=try").content.decode()
    part = builder.get(address(draft, "rehearsal"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "試しの申請" in part
    assert "<html" in told(builder, draft)


def test_example_shows_what_staff_would_read_and_its_document(builder, draft):
    page = told(builder, draft, "rehearsal", "2")
    assert "職員が見る内容" in page
    assert "見本" in page
    pdf = builder.get(address(draft, "rehearsal", "2", "pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert builder.get(address(draft, "rehearsal", "9999")).status_code == 404


def test_unfinished_draft_is_not_tried_and_says_so(builder, draft):
    replace(draft, {**draft.document, "pages": []})
    assert "まだ試せません" in told(builder, draft)
    assert "まだ試せません" in told(builder, draft, "replay")


def test_colleague_of_another_department_cannot_look(yoshino_builds, draft):
    assert yoshino_builds.get(address(draft, "rehearsal")).status_code == 404
    assert yoshino_builds.get(address(draft, "replay")).status_code == 404


def test_nothing_changes_for_past_applications_while_the_draft_is_as_published(builder, draft, running_dog):
    page = builder.get(address(draft, "replay"))
    assert [number for _words, number, _those in page.context["kinds"]] == [0, 0, 0]
    assert page.context["replay"].read == 1


def test_past_application_that_would_be_refused_now_is_named_by_its_number_alone(builder, draft, running_dog):
    document = draft.document
    document["schema"]["properties"]["newly_asked"] = {"type": "string", "title": "新しい問い", "maxLength": 9}
    document["schema"]["required"] = [*document["schema"].get("required", []), "newly_asked"]
    document["pages"][0]["fields"].append("newly_asked")
    replace(draft, document)
    page = builder.get(address(draft, "replay"))
    assert page.context["replay"].refused == [running_dog.reference]
    assert running_dog.reference in page.content.decode()

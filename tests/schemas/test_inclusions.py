"""Workflows inside workflows: taken over when published, under keys of their own, with their translations."""

import schemas
from schemas.inclusions import completed

STEP = {"key": "look", "kind": "approval", "title": "確認", "by": {"role": "reviewer"}}
DECIDE = {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "mayor"}}
PART = {
    "workflow": "line",
    "title": "係内",
    "part": True,
    "steps": [STEP, {"key": "way", "kind": "choice", "cases": [{"otherwise": True, "steps": [{**STEP, "key": "in"}]}]}],
    "translations": {"en": {"/title": "Line", "/steps/0/title": "Look"}},
}
WHOLE = {
    "workflow": "whole",
    "title": "全体",
    "steps": [
        {"key": "first", "kind": "workflow", "workflow": "line"},
        {"key": "again", "kind": "workflow", "workflow": "line"},
        DECIDE,
    ],
}


def published(key):
    if key == "deep":
        return completed({**WHOLE, "workflow": "deep"}, published)[0], 1
    return (PART, 3) if key == "line" else None


def keys(steps):
    inner = [row["steps"] for step in steps for row in step.get("cases", [])]
    inner += [step["steps"] for step in steps if "steps" in step]
    return [step["key"] for step in steps] + [key for inside in inner for key in keys(inside)]


def test_part_is_taken_over_twice_without_confusion():
    document, problems = completed(WHOLE, published)
    assert problems == []
    assert schemas.check(document) == []
    assert keys(document["steps"])[3:] == [
        "first__look", "first__way", "first__in", "again__look", "again__way", "again__in",
    ]  # fmt: skip
    assert document["steps"][0]["version"] == 3
    assert document["translations"]["en"] == {
        "/steps/0/steps/0/title": "Look",
        "/steps/1/steps/0/title": "Look",
    }


def test_part_in_a_branch_and_in_what_is_taken_over():
    cases = [{"otherwise": True, "steps": [{"key": "deep", "kind": "workflow", "workflow": "deep"}]}]
    document, problems = completed({**WHOLE, "steps": [{"key": "way", "kind": "choice", "cases": cases}]}, published)
    assert problems == []
    assert schemas.check(document) == []
    assert "deep__first__look" in keys(document["steps"])


def test_what_is_not_published_is_named():
    steps = [{"key": "x", "kind": "workflow", "workflow": "nowhere"}, DECIDE]
    _document, problems = completed({**WHOLE, "steps": steps}, published)
    assert [(problem.pointer, problem.code) for problem in problems] == [("/steps/0/workflow", "workflow_unknown")]
    assert "nowhere" in problems[0].message()


def test_workflow_does_not_contain_itself():
    steps = [{"key": "x", "kind": "workflow", "workflow": "whole"}, DECIDE]
    codes = [problem.code for problem in schemas.check({**WHOLE, "steps": steps})]
    assert codes == ["workflow_in_itself"]

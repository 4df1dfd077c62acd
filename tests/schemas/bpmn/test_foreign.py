"""A process that another tool drew: read where it is block-structured, refused in words that name the element."""

import pytest

import schemas
from schemas.bpmn import BpmnRefused, read_bpmn

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'
HEAD += '<process id="Leave_1" name="休暇">'


def foreign(nodes: str, *arrows: str, lanes: str = "") -> str:
    """A file with these nodes, and arrows written as "from to" or "from to condition"."""
    flows = ""
    for number, arrow in enumerate(arrows):
        source, target, *condition = arrow.split()
        inner = f"<conditionExpression>{condition[0]}</conditionExpression>" if condition else ""
        flows += f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
    return f"{HEAD}{lanes}<startEvent id='s'/><endEvent id='e'/>{nodes}{flows}</process></definitions>"


def task(ident: str, name: str = "", tag: str = "userTask") -> str:
    return f'<{tag} id="{ident}" name="{name or ident}"/>'


def gate(ident: str, kind: str = "exclusive", more: str = "") -> str:
    return f'<{kind}Gateway id="{ident}" name="{ident}" {more}/>'


def test_line_of_people_becomes_a_workflow():
    lanes = '<laneSet><lane id="l" name="unit_chief"><flowNodeRef>A1</flowNodeRef></lane></laneSet>'
    read = read_bpmn(foreign(task("A1", "確認") + task("B", "決める"), "s A1", "A1 B", "B e", lanes=lanes))
    assert [(step["kind"], step["title"]) for step in read.document["steps"]] == [
        ("approval", "確認"),
        ("decision", "決める"),
    ]
    assert read.document["steps"][0]["by"] == {"role": "unit_chief"}
    assert schemas.check(read.document) == []
    assert any("決める" in remark and "reviewer" in remark for remark in read.remarks)


def test_gateways_become_choices_and_parallel_blocks():
    nodes = gate("g", more='default="f4"') + task("a") + gate("j") + gate("p", "parallel") + task("b") + task("c")
    nodes += gate("q", "parallel") + task("d")
    arrows = ["s g", "g a cheap", "a j", "d e", "g j", "j p", "p b", "p c", "b q", "c q", "q d"]
    read = read_bpmn(foreign(nodes, *arrows))
    choice, block, last = read.document["steps"]
    assert [sorted(case) for case in choice["cases"]] == [["steps", "when"], ["otherwise", "steps"]]
    assert [branch["steps"][0]["key"] for branch in block["branches"]] == ["b", "c"]
    assert last["kind"] == "decision"
    assert any("cheap" in remark for remark in read.remarks)
    assert schemas.check(read.document) == []


def test_event_on_the_edge_that_ends_is_a_refusal():
    nodes = (
        task("a") + '<boundaryEvent id="no" attachedToRef="a"><errorEventDefinition/></boundaryEvent><endEvent id="x"/>'
    )
    step = read_bpmn(foreign(nodes, "s a", "a e", "no x")).document["steps"][0]
    assert step["kind"] == "decision" and step["may"] == ["approve", "refuse"]


REFUSED = {
    "unknown element": (foreign('<subProcess id="sub" name="下位"/>', "s e"), "「下位」(subProcess)"),
    "timer on the way": (foreign('<intermediateCatchEvent id="t" name="三日待つ"/>', "s t", "t e"), "「三日待つ」"),
    "loop": (foreign(gate("g") + task("a") + gate("h"), "s g", "g a", "a h", "h g", "h e"), "「g」(exclusiveGateway)"),
    "arrow back to a task": (foreign(task("a") + gate("g"), "s a", "a g", "g a", "g e"), "「a」(userTask)"),
    "ways that never meet": (
        foreign(gate("g") + task("a") + '<endEvent id="x"/>', "s g", "g a", "a e", "g x"),
        "「g」(exclusiveGateway)",
    ),
    "gateways of two sorts": (
        foreign(gate("g", "parallel") + task("a") + task("b") + gate("j"), "s g", "g a", "g b", "a j", "b j", "j e"),
        "「j」(exclusiveGateway)",
    ),
    "two ways out of a task": (foreign(task("a") + task("b"), "s a", "a b", "a e", "b e"), "「a」(userTask)"),
    "way that ends nowhere": (foreign(task("a"), "s a"), "「a」(userTask)"),
    "task that nothing leads to": (foreign(task("a") + task("b", "孤立"), "s a", "a e", "b e"), "「孤立」"),
    "arrow to nothing": (foreign(task("a"), "s a", "a nowhere"), "nowhere"),
    "two beginnings": (foreign('<startEvent id="s2"/>', "s e"), "startEvent"),
    "id twice": (foreign(task("a") + task("a"), "s a", "a e"), "「a」"),
    "repeated task": (
        foreign('<userTask id="a" name="繰返し"><multiInstanceLoopCharacteristics/></userTask>', "s a", "a e"),
        "「繰返し」のmultiInstance",
    ),
    "event that leads back into the line": (
        foreign(
            task("a") + task("b", "次") + '<boundaryEvent id="t" name="期限" attachedToRef="a"/>',
            *["s a", "a b", "b e", "t b"],
        ),
        "「期限」(boundaryEvent)",
    ),
    "no process": ('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "process"),
    "another language": ("<html/>", "BPMN"),
    "no XML": ("{}", "XML"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusal_names_the_element(case):
    text, named = REFUSED[case]
    with pytest.raises(BpmnRefused) as refused:
        read_bpmn(text)
    assert named in str(refused.value)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
UNSAFE = {
    "billion laughs": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l11;</d>',
    "file of the server": '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><d>&f;</d>',
    "document type alone": '<!DOCTYPE d SYSTEM "http://127.0.0.1/x.dtd"><d/>',
}


@pytest.mark.parametrize("name", UNSAFE)
def test_entities_are_never_read(name):
    with pytest.raises(BpmnRefused, match="DOCTYPE"):
        read_bpmn(UNSAFE[name])


def test_deep_nesting_is_refused_in_words():
    nodes = "".join(gate(f"g{n}") + gate(f"j{n}") for n in range(40)) + task("a")
    arrows = ["s g0", "j0 e", "g39 a", "a j39"]
    arrows += [f"g{n} g{n + 1}" for n in range(39)] + [f"j{n + 1} j{n}" for n in range(39)]
    arrows += [f"g{n} j{n}" for n in range(40)]
    with pytest.raises(BpmnRefused, match="深すぎ"):
        read_bpmn(foreign(nodes, *arrows))


def test_spoilt_attributes_of_ours_are_refused():
    spoilt = "<extensionElements><k:step xmlns:k='urn:kakanai:bpmn:1'>[1]</k:step></extensionElements>"
    with pytest.raises(BpmnRefused, match="kakanai:step"):
        read_bpmn(foreign(f'<userTask id="a" name="審査">{spoilt}</userTask>', "s a", "a e"))


def test_large_file_is_not_even_parsed():
    with pytest.raises(BpmnRefused, match="大きすぎ"):
        read_bpmn("<" * 6_000_000)

"""Random routes: block-structured, as a builder might draw them, and all of them fit to be published."""

from typing import Any

from hypothesis import strategies as st

BY = [
    {"role": "reviewer"},
    {"role": "unit_chief"},
    {"role": "section_chief"},
    {"department": "facilities", "role": "reviewer"},
    {"department": "general", "role": "section_chief"},
    {"department": "facilities", "role": "unit_chief"},  # nobody
    {"fact": "/section", "role": "reviewer"},
    {"fact": "/person"},
    {"department_of": "drafter", "role": "section_chief"},
    {"superior_of": "drafter"},
]
DECIDERS = [{"role": "section_chief"}, {"department": "general", "role": "section_chief"}, {"role": "mayor"}]
MAY = ["approve", "return", "request_correction", "hold", "forward", "add_step", "pull_up"]
DECIDER_MAY = [*MAY, "refuse", "approve_with_conditions"]
CHEAP = {"fee": {"maximum": 10000}}

Steps = list[dict[str, Any]]


class Route:
    """One being drawn; numbers its steps, and gives none to decide in a parallel block."""

    def __init__(self, draw: Any) -> None:
        self.draw, self.number = draw, 0

    def key(self) -> str:
        self.number += 1
        return f"s{self.number}"

    def by(self) -> dict[str, Any]:
        return dict(self.draw(st.sampled_from(BY)))

    def steps(self, depth: int, least: int = 0, is_beside: bool = False) -> Steps:
        kinds = ["approval", "approval", "aside"]
        kinds += ["choice", "parallel", "consultation"] if depth else []
        chosen = self.draw(st.lists(st.sampled_from(kinds), min_size=least, max_size=3))
        return [getattr(self, kind)(depth, is_beside) for kind in chosen]

    def approval(self, depth: int = 0, is_beside: bool = False) -> dict[str, Any]:
        may = [*MAY, "object"] if is_beside else MAY
        stops = self.draw(st.booleans())
        named = {"key": self.key(), "kind": "approval", "title": "審査", "by": self.by(), "may": may}
        return {**named, "hold_stops_clock": stops}

    def aside(self, depth: int, is_beside: bool) -> dict[str, Any]:
        kind = self.draw(st.sampled_from(["later_reading", "circulation", "notify"]))
        to: Any = self.by() if kind == "later_reading" else [self.by(), self.by()]
        return {"key": self.key(), "kind": kind, "title": "供覧", "to": to}

    def choice(self, depth: int, is_beside: bool) -> dict[str, Any]:
        cases = [{"when": CHEAP, "steps": self.steps(depth - 1, 0, is_beside)}]
        cases += [{"otherwise": True, "steps": self.steps(depth - 1, 0, is_beside)}]
        return {"key": self.key(), "kind": "choice", "cases": cases}

    def parallel(self, depth: int, is_beside: bool) -> dict[str, Any]:
        count = self.draw(st.integers(2, 3))
        branches = [{"steps": [self.approval(0, True), *self.steps(depth - 1, 0, True)]} for _ in range(count)]
        return {"key": self.key(), "kind": "parallel", "title": "並列", "branches": branches, **self.agreement(count)}

    def consultation(self, depth: int, is_beside: bool) -> dict[str, Any]:
        members = [{"by": self.by()} for _ in range(self.draw(st.integers(1, 3)))]
        order = self.draw(st.sampled_from(["together", "sequence"]))
        agreement = self.agreement(1 if order == "sequence" else len(members))
        may = ["approve", "object", "request_correction"]
        named = {"key": self.key(), "kind": "consultation", "title": "合議", "members": members, "may": may}
        return {**named, "order": order, **agreement}

    def agreement(self, count: int) -> dict[str, Any]:
        need = self.draw(st.sampled_from(["all", "any", count, {"percent": 50}]))
        return {"need": need, "if_not_agreed": self.draw(st.sampled_from(["return", "continue"]))}

    def decision(self) -> dict[str, Any]:
        decide = {"key": "decide", "kind": "decision", "title": "決裁", "may": DECIDER_MAY}
        decide["substitutes"] = [{"role": "unit_chief"}]
        first, other = self.draw(st.sampled_from(DECIDERS)), self.draw(st.sampled_from(DECIDERS))
        return {**decide, "authority": [{"when": CHEAP, "by": first}, {"otherwise": True, "by": other}]}


@st.composite
def routes(draw: Any) -> dict[str, Any]:
    """A whole workflow: somebody looks first, all kinds of steps in between, one decides, and something may follow."""
    route = Route(draw)
    first = {**route.approval(), "may": [word for word in MAY if word not in ("return", "pull_up")]}
    steps = [first, *route.steps(2), route.decision()]
    steps += [route.aside(0, False)] if draw(st.booleans()) else []
    return {"workflow": "random", "title": "経路", "steps": steps}

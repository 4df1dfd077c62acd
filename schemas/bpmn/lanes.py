"""Lanes (レーン): one for each assignee (担当先), and two that are no assignee's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from json import dumps
from typing import Any

from schemas.bpmn.diagram import Lane

#: What departments and roles are called, by their keys.
Names = Mapping[str, str]
APPLICANT = Lane("lane-applicant", "申請者・起案者")
SYSTEM = Lane("lane-system", "自動")


def lane_of(whom: Sequence[Mapping[str, Any]], names: Names) -> Lane:
    """The lane of those whom a step may wait for, with an id that stays however they are called."""
    text = dumps(list(whom), ensure_ascii=False, sort_keys=True)
    name = "・".join(dict.fromkeys(_called(by, names) for by in whom))
    plain = "-".join(re.sub(r"[^a-z0-9_]", "", str(value)) for by in whom for value in by.values())
    digest = sha256(text.encode()).hexdigest()[:8]
    return Lane(f"lane-{plain[:60]}-{digest}", name)


def _called(by: Mapping[str, Any], names: Names) -> str:
    if "superior_of" in by:
        return "直属の上司"
    role = names.get(by.get("role", ""), by.get("role", ""))
    if "fact" in by:
        return f"{by['fact']} の{role or '人'}"
    if "department_of" in by:
        return f"起案者の課 {role}"
    department = by.get("department", "")
    return " ".join(filter(None, (names.get(department, department), role)))

"""An office at scale, written by the database itself: 200 sections, 30,000 staff, and as many open tasks as one says.

Of every twenty tasks, fourteen wait for reviewers, three for section chiefs (reviewers may stand in), one for another
section's opinion, one is to be read, one is on hold.  Every name stands in the index; sealed names, which only what is
found is compared with, are written for the section that is measured.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection, models

from bench.filling import is_postgres, run, step, unindexed

SECTIONS, STAFF, FIRST = 200, 30_000, 1000
#: The section that is measured, and a surname in one of 64 cases, as common ones are.
OWN, COMMON = 100, "佐藤"
NAMES = 8192
#: One of so many tasks of a section was opened already.
OPENED = 50
POOL = "山川田中村木林森野原石井上下大小高橋本松竹梅花水谷沢島崎岡坂池金銀青白赤東西南北春秋冬夏"


def name(number: int) -> str:
    """The applicant's name in the case of this number; the same for every NAMES-th case."""
    place = number % NAMES
    surname = COMMON if place % 64 == 0 else POOL[place % len(POOL)] + POOL[place // len(POOL) % len(POOL)]
    return surname + POOL[place // 3 % len(POOL)] + POOL[place // 141 % len(POOL)]


def series(most: int) -> str:
    if is_postgres():
        return f"generate_series(1, {most}) AS s(i)"
    counted = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT i FROM n"
    return f"({counted}) AS s"


def fresh_uuid() -> str:
    return "gen_random_uuid()" if is_postgres() else "lower(hex(randomblob(16)))"


def moment(seconds: str) -> str:
    if is_postgres():
        return f"timestamptz '2026-01-01' + ({seconds}) * interval '1 second'"
    return f"datetime('2026-01-01', '+' || ({seconds}) || ' seconds')"


def day(days: str) -> str:
    return f"date '2026-10-01' + ({days})" if is_postgres() else f"date('2026-10-01', '+' || ({days}) || ' days')"


def section(number: str) -> str:
    """The key of a section: s100 … s299."""
    return f"('s' || CAST(100 + ({number}) % {SECTIONS} AS text))"


def quoted(column: str) -> str:
    return f'"{column}"'


def multiply(model: type[models.Model], template: int | str, most: int, columns: Mapping[str, str]) -> None:
    """Copy the template row ``most`` times with other columns."""
    fields = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    names = [field.column for field in fields]
    values = ", ".join(columns.get(column, f't."{column}"') for column in names)
    table = model._meta.db_table
    run(
        f"INSERT INTO {table} ({', '.join(map(quoted, names))}) SELECT {values} FROM {series(most)},"
        f" (SELECT * FROM {table} WHERE id = {template}) AS t"
    )


def office() -> Any:
    """Sections, roles and staff; the member who is measured holds posts in two sections."""
    from django.utils.timezone import localdate

    from workflows.staff import Department, Post, Role, StaffMember

    keys = [f"s{100 + number}" for number in range(SECTIONS)]
    Department.objects.bulk_create(Department(key=key, title=key) for key in keys)
    found = {key: Department.objects.get(key=key) for key in ("s100", f"s{100 + OWN}", f"s{101 + OWN}")}
    roles = [Role.objects.get_or_create(key=key, defaults={"title": key})[0] for key in ("reviewer", "section_chief")]
    member = StaffMember.objects.create(username="measured", display_name="測定")
    with step("staff"):
        crowd(member, roles, found["s100"].pk)
    for department in list(found.values())[1:]:
        Post.objects.create(member=member, department=department, role=roles[0], since=localdate())
    return member


def crowd(member: Any, roles: Any, first_department: int) -> None:
    from workflows.staff import Post, StaffMember

    named = {"id": f"i + {FIRST}", "username": "'staff' || CAST(i AS text)"}
    multiply(StaffMember, member.pk, STAFF, named)
    no = "false" if is_postgres() else "0"
    role = f"CASE WHEN i % 10 = 0 THEN {roles[1].pk} ELSE {roles[0].pk} END"
    run(
        f"INSERT INTO {Post._meta.db_table} (member_id, role_id, department_id, since, handles_my_numbers)"
        f" SELECT i + {FIRST}, {role}, {first_department} + i % {SECTIONS}, {day('0')}, {no}"
        f" FROM {series(STAFF)}"
    )


def cases(template: Any, most: int) -> None:
    """As many cases, each with one open task; the sections take turns."""
    from workflows.cases import Case, Task
    from workflows.delegations import Substitute

    kind = f"(i / {SECTIONS}) % 20"
    own, other = section("i"), section("i + 7")
    task = Task.objects.get(process=template)
    named = {"procedure": "title", "created": moment("i")}
    title = "'手続' || CAST((i / 200) % 40 AS text)"
    case = {"id": f"i + {FIRST}", "public_id": fresh_uuid(), "subject_id": fresh_uuid(), "department_key": own}
    case |= {"reference": "'R8-' || CAST(i AS text)", "title": title, "created": named["created"]}
    with step("cases"), unindexed(Case):
        multiply(Case, template.pk, most, case)
    key = f"CASE WHEN {kind} = 17 THEN {other} ELSE {own} END"
    role = f"CASE WHEN {kind} IN (14, 15, 16) THEN '/section_chief' ELSE '/reviewer' END"
    lane = f"CASE WHEN {kind} = 17 THEN 'consulted' WHEN {kind} = 18 THEN 'read' ELSE 'work' END"
    waits = {"id": f"i + {FIRST}", "public_id": fresh_uuid(), "process_id": f"i + {FIRST}", "created": named["created"]}
    waits |= {"owner_permission": f"'post.' || {key} || {role}", "lane": lane, "procedure": title}
    waits |= {"department_key": own, "due_on": f"CASE WHEN i % 11 = 0 THEN NULL ELSE {day('i * 7 % 120')} END"}
    waits["held_at"] = f"CASE WHEN {kind} = 19 THEN {named['created']} ELSE NULL END"
    waits["opened_at"] = f"CASE WHEN (i / {SECTIONS}) % {OPENED} = 0 THEN {named['created']} ELSE NULL END"
    with step("tasks"), unindexed(Task):
        multiply(Task, task.pk, most, waits)
    with step("substitutes"), unindexed(Substitute):
        name_substitutes()


def name_substitutes() -> None:
    """Reviewers may stand in for their chiefs."""
    from workflows.delegations import Substitute

    run(
        f"INSERT INTO {Substitute._meta.db_table}"
        " (task_id, place, permission, sort_on, created, procedure, department_key)"
        " SELECT id, 0, 'post.' || department_key || '/reviewer', sort_on, created, procedure, department_key"
        " FROM workflows_task WHERE owner_permission LIKE '%/section_chief'"
    )


def decisions(member: Any, template: Any, most: int) -> None:
    """Every case was decided on once before; one in fifty by the member who is measured."""
    from workflows.decisions import Decision

    made = Decision(case=template, number=1, step="review", outcome="approved", by=member, actor="x", actor_name="x")
    made.save()
    at = {"id": fresh_uuid(), "case_id": f"i + {FIRST}", "at": moment("i")}
    by = f"CASE WHEN i % {OPENED} = 0 THEN {member.pk} ELSE i % {STAFF} + {FIRST} END"
    key = f"'{made.pk}'" if is_postgres() else f"'{made.pk.hex}'"
    with step("decisions"), unindexed(Decision):
        multiply(Decision, key, most, at | {"by_id": by})


def terms(most: int) -> None:
    """The index of all names, and the sealed names of the measured section."""
    from schemas.name_folding import folded_name
    from workflows.search_terms import SearchToken, tokens_of

    run("CREATE TEMPORARY TABLE named (place bigint, token bigint)")
    pairs = [(place, token) for place in range(NAMES) for token in tokens_of(folded_name(name(place)))[0]]
    values = ", ".join(f"({place}, {token})" for place, token in dict.fromkeys(pairs))
    run(f"INSERT INTO named VALUES {values}")
    run("CREATE INDEX named_place ON named (place)")
    with step("search tokens"), unindexed(SearchToken):
        run(
            "INSERT INTO workflows_searchtoken (token, department_key, case_id) SELECT token, department_key, id"
            f" FROM workflows_case JOIN named ON place = (id - {FIRST}) % {NAMES} WHERE id > {FIRST} ORDER BY 1, 2, 3"
        )
    with step("sealed names"):
        seal([number for number in range(1, most + 1) if number % SECTIONS in (OWN, OWN + 1)])


def seal(numbers: list[int]) -> None:
    from schemas.name_folding import folded_name
    from workflows.keyring import encrypt
    from workflows.search_terms import PURPOSE

    rows = []
    for number in numbers:
        pk, text = uuid.uuid4(), json.dumps([folded_name(name(number))], ensure_ascii=False).encode()
        sealed = encrypt(text, f"workflows.searchentry.terms:{pk}".encode(), PURPOSE)
        rows.append((pk if is_postgres() else pk.hex, sealed, number + FIRST))
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO workflows_searchentry (id, terms, case_id) VALUES (%s, %s, %s)", rows)

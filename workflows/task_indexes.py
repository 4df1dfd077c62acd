"""Indexes of tasks (索引): one for each way to list open tasks, so that no list reads what it does not show.

And the statement by which a case's own are read.

What is done stands in none of them.  What is narrowed and sorted by arrival is sorted after it was narrowed.
"""

from django.db import models

OPEN = models.Q(finished=None)
HELD = OPEN & models.Q(held_at__isnull=False)
UNOPENED, OPENED = (OPEN & models.Q(opened_at__isnull=is_unopened) for is_unopened in (True, False))
#: Hardly any task waits for somebody by name: an index of them all would tell a planner that it leads nowhere.
NAMED = OPEN & models.Q(owner__isnull=False)
KEY, BY_DUE, BY_ARRIVAL = ("owner_permission", "lane"), ("sort_on", "id"), ("created", "id")
#: What one case waits for, read along the index of its cases; the kinds that hold it up are the last parameters.
OPEN_OF_CASE = """
    SELECT * FROM workflows_task
    WHERE process_id = %s AND finished IS NULL AND NOT is_parked AND kind IN (%s, %s) ORDER BY id
"""

INDEXES = [
    models.Index(fields=[*KEY, *BY_DUE], name="task_by_due", condition=OPEN),
    models.Index(fields=[*KEY, *BY_ARRIVAL], name="task_queue", condition=OPEN),
    models.Index(fields=["owner_permission", *BY_DUE], name="task_held", condition=HELD),
    models.Index(fields=[*KEY, "procedure", *BY_DUE], name="task_procedure", condition=OPEN),
    models.Index(fields=[*KEY, "department_key", *BY_DUE], name="task_origin", condition=OPEN),
    models.Index(fields=[*KEY, *BY_DUE], name="task_unopened", condition=UNOPENED),
    models.Index(fields=[*KEY, *BY_DUE], name="task_opened", condition=OPENED),
    models.Index(fields=["owner", *BY_DUE], name="task_owner", condition=NAMED),
    models.Index(fields=["look_on"], name="task_look", condition=OPEN),
]

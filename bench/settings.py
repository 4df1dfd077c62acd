"""Settings of Kakanai's engine in the benchmarks: the project's own, with a subject that knows nothing of forms."""

from forms_engine.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.workflows.subjects"]  # noqa: F405

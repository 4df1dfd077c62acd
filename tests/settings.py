"""Settings of the tests and of the engine's benchmark: the project's own, with a subject that knows no forms."""

from forms_engine.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.workflows.subjects"]  # noqa: F405

"""Which static files this site has."""

from typing import Any

from django.apps import apps
from django.contrib.staticfiles.finders import AppDirectoriesFinder


class OwnFiles(AppDirectoriesFinder):
    """Leaves out viewflow's front end: no page uses it, and its style sheets name files that are not there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        names = [config.name for config in apps.get_app_configs() if config.name != "viewflow"]
        super().__init__(names, *args, **kwargs)

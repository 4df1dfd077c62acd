"""The peers' WSGI application, for the same gunicorn that serves Kakanai."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.settings")

application = get_wsgi_application()

# As forms_engine.wsgi does: neither side looks for garbage more often than the other.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

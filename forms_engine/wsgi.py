"""The WSGI application that a web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forms_engine.settings")

application = get_wsgi_application()

# What is loaded now lives as long as the process: garbage is not looked for in it, and a request, whose objects die by
# counting, does not begin a search every 700 objects.  6 % of the processor time of a resident's journey.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

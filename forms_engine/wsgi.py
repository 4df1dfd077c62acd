"""The WSGI application that a web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forms_engine.settings")

application = get_wsgi_application()

# What is loaded now lives as long as the process: garbage is not looked for in it, and a request, whose objects die by
# counting, does not begin a search every 700 objects.  With no search at all, a
# resident's journey took 6 % less processor time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

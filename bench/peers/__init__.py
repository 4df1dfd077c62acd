"""The peers beside which Kakanai is measured: a plain formtools wizard, plain viewflow, django-forms-workflows."""

"""The peers that the benchmarks run beside Kakanai: a plain formtools wizard, plain viewflow, django-forms-workflows."""

"""A Django app that exists in these tests only: something to decide on, which knows nothing of forms."""

"""The embedded database (組み込みデータベース): Django's SQLite, and how whoever wants to write waits for who writes.

Django finds a database by the name of a package, so this one is named in settings.DATABASES.
"""

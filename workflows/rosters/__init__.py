"""Rosters (名簿): the organisation as four tables for a spreadsheet: departments, roles, members, posts.

What is exported can be imported again and changes nothing.  An import is first shown, then carried out, by the very
verbs that the screens use; the preview is the import itself, taken back at its end.
"""

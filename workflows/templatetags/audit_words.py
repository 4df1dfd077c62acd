"""Audit entries as their readers read them."""

from django import template

from workflows.audit_words import word_of

register = template.Library()
register.filter("audit_word", word_of)

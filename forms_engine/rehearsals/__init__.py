"""Rehearsals (試し): a form and its route walked by synthetic applicants before anything is published."""

"""Addresses of the builder desk."""

from django.urls import path

from forms_engine.builder_desk import definitions, editor, preview, publication

app_name = "builder"
urlpatterns = [
    path("", definitions.definitions, name="definitions"),
    path("drafts/", definitions.begin, name="begin"),
    path("drafts/<uuid:draft_id>/", editor.editor, name="editor"),
    path("drafts/<uuid:draft_id>/edits/", editor.edit, name="edit"),
    path("drafts/<uuid:draft_id>/undo/", editor.undo, name="undo"),
    path("drafts/<uuid:draft_id>/redo/", editor.redo, name="redo"),
    path("drafts/<uuid:draft_id>/pages/<str:page_key>/", preview.preview, name="preview"),
    path("drafts/<uuid:draft_id>/problems/", publication.problems, name="problems"),
    path("drafts/<uuid:draft_id>/publication/", publication.publication, name="publication"),
    path("drafts/<uuid:draft_id>/versions/", publication.publish, name="publish"),
]

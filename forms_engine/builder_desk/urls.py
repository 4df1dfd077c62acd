"""Addresses of the builder desk."""

from django.urls import path

from forms_engine.builder_desk import (
    bundles,
    company,
    definitions,
    editor,
    form_routes,
    keystrokes,
    preview,
    publication,
    rehearsals,
    routes,
    source,
    trial,
)

app_name = "builder"
urlpatterns = [
    path("", definitions.definitions, name="definitions"),
    path("routes/", routes.routes, name="routes"),
    path("routes/drafts/", routes.begin_route, name="begin_route"),
    path("drafts/<uuid:draft_id>/rules/trial/", routes.try_rules, name="try_rules"),
    path("forms/<slug:key>/bundle/", bundles.export, name="export"),
    path("bundles/", bundles.bring, name="bring"),
    path("bundles/drafts/", bundles.take_in, name="take_in"),
    path("drafts/", definitions.begin, name="begin"),
    path("drafts/<uuid:draft_id>/", editor.editor, name="editor"),
    path("drafts/<uuid:draft_id>/route/", form_routes.begin_route_of, name="begin_route_of"),
    path("drafts/<uuid:draft_id>/edits/", editor.edit, name="edit"),
    path("drafts/<uuid:draft_id>/undo/", editor.undo, name="undo"),
    path("drafts/<uuid:draft_id>/redo/", editor.redo, name="redo"),
    path("drafts/<uuid:draft_id>/end/", definitions.discard, name="discard"),
    path("drafts/<uuid:draft_id>/unfinished/", keystrokes.unfinished_text, name="unfinished"),
    path("drafts/<uuid:draft_id>/company/", company.company, name="company"),
    path("drafts/<uuid:draft_id>/trial/", trial.trial, name="trial"),
    path("drafts/<uuid:draft_id>/rehearsal/", rehearsals.report, name="rehearsal"),
    path("drafts/<uuid:draft_id>/rehearsal/<int:number>/", rehearsals.applicant, name="rehearsed"),
    path("drafts/<uuid:draft_id>/rehearsal/<int:number>/pdf/", rehearsals.document, name="rehearsed_document"),
    path("drafts/<uuid:draft_id>/replay/", rehearsals.past, name="replay"),
    path("drafts/<uuid:draft_id>/source/", source.replace, name="replace"),
    path("drafts/<uuid:draft_id>/source/check/", source.source_check, name="source_check"),
    path("drafts/<uuid:draft_id>/pages/<str:page_key>/", preview.preview, name="preview"),
    path("drafts/<uuid:draft_id>/problems/", publication.problems, name="problems"),
    path("drafts/<uuid:draft_id>/publication/", publication.publication, name="publication"),
    path("drafts/<uuid:draft_id>/versions/", publication.publish, name="publish"),
    path("drafts/<uuid:draft_id>/schedules/", publication.order, name="schedule"),
    path("drafts/<uuid:draft_id>/schedules/<int:schedule_id>/end/", publication.cancel, name="unschedule"),
    path("drafts/<uuid:draft_id>/offer/", publication.offer, name="offer"),
]

"""The builder desk (設計): definitions, the editor of forms, publication. Its screens write commands, never JSON."""

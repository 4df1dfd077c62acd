"""The forms and the workflow that these tests publish: small, but with everything that a submission has to settle."""

from typing import Any

FILE: dict[str, Any] = {
    "type": "object",
    "x-vocabulary": "file",
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "media_type": {"type": "string", "enum": ["application/pdf", "image/png", "image/jpeg"]},
        "size": {"type": "integer", "maximum": 200_000},
        "sha256": {"type": "string"},
    },
    "required": ["id", "name", "media_type", "size", "sha256"],
}

ROUTE: dict[str, Any] = {
    "workflow": "room_route",
    "title": "自動承認・課長専決",
    "steps": [
        {
            "key": "rules",
            "kind": "rules",
            "title": "自動承認",
            "table": [
                {
                    "key": "registered",
                    "title": "登録団体の通常使用",
                    "outcome": "approved",
                    "when": {
                        "group_registered": {"const": True},
                        "room_free": {"const": True},
                        "sales": {"const": False},
                    },
                }
            ],
        },
        {"key": "review", "kind": "approval", "title": "審査", "by": {"role": "reviewer"}},
        {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "section_chief"}},
    ],
}

ROOM: dict[str, Any] = {
    "form": "room",
    "title": "会議室使用申請書",
    "schema": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "applicant": {
                "type": "object",
                "title": "申請者",
                "properties": {
                    "family_name": {"type": "string", "title": "姓", "minLength": 1, "maxLength": 50},
                    "given_name": {"type": "string", "title": "名", "minLength": 1, "maxLength": 50},
                },
                "required": ["family_name", "given_name"],
            },
            "group_id": {"type": "string", "title": "団体登録番号", "maxLength": 20},
            "rooms": {
                "type": "array",
                "title": "部屋",
                "items": {"oneOf": [{"const": "room_a", "title": "会議室A"}, {"const": "room_b", "title": "会議室B"}]},
                "minItems": 1,
            },
            "use_date": {"type": "string", "format": "date", "title": "使用日"},
            "starts": {"type": "string", "format": "time", "title": "開始時刻"},
            "ends": {"type": "string", "format": "time", "title": "終了時刻"},
            "sales": {"type": "boolean", "title": "物品を販売しますか"},
            "equipment": {
                "type": "array",
                "title": "備品",
                "maxItems": 5,
                "items": {
                    "type": "object",
                    "properties": {
                        "item": {"type": "string", "title": "品名"},
                        "count": {"type": "integer", "title": "数", "minimum": 1},
                    },
                    "required": ["item", "count"],
                },
            },
            "fee": {"type": "integer", "title": "使用料", "readOnly": True, "x-kind": "money"},
        },
        "required": ["applicant", "rooms", "use_date", "starts", "ends", "sales"],
        "allOf": [
            {
                "if": {"properties": {"sales": {"const": True}}, "required": ["sales"]},
                "then": {
                    "properties": {
                        "goods": {"type": "string", "title": "販売するもの", "minLength": 1},
                        "plan": {**FILE, "title": "販売計画書"},
                        "photos": {"type": "array", "title": "写真", "items": FILE, "maxItems": 2},
                    },
                    "required": ["goods", "plan"],
                },
            }
        ],
        "unevaluatedProperties": False,
    },
    "pages": [
        {"key": "applicant", "title": "申請者", "fields": ["applicant", "group_id"]},
        {"key": "use", "title": "使用の内容", "fields": ["rooms", "use_date", "starts", "ends", "equipment", "fee"]},
        {"key": "sales", "title": "販売", "fields": ["sales", "goods", "plan", "photos"]},
    ],
    "calculations": {"fee": {"if": [{"var": "/sales"}, 3550, 1200]}},
    "facts": {
        "room_free": {
            "kind": "reservation",
            "resources": ["/rooms"],
            "date": "/use_date",
            "from": "/starts",
            "to": "/ends",
        },
        "group_registered": {"kind": "register", "register": "groups", "value": "/group_id"},
    },
    "x-titles": {"room_free": "部屋の空き", "group_registered": "団体の登録"},
    "checks": [
        {
            "key": "year_end",
            "when": {"use_date": {"const": "2027-01-01"}},
            "message": "休館日です。",
            "field": "/use_date",
        },
        {"key": "busy", "when": {"room_free": {"const": False}}, "message": "重なっています。", "kind": "warning"},
    ],
    "procedure": {
        "kind": "application",
        "mode": "online_complete",
        "identity": "L1",
        "workflow": "room_route",
        "department": "environment",
        "period": {"working_days": 3},
        "retention_years": 5,
    },
    "translations": {
        "en": {
            "/title": "Use of a meeting room",
            "/x-titles/room_free": "Room is free",
            "/pages/0/title": "Applicant",
            "/schema/properties/use_date/title": "Date of use",
        }
    },
}

GROUPS: dict[str, Any] = {
    "key": "groups",
    "title": "登録団体",
    "entries": [{"code": "F-00001"}, {"code": "F-00002", "valid_until": "2020-03-31"}],
}

ANSWERS: dict[str, Any] = {
    "applicant": {"family_name": "髙﨑", "given_name": "葛󠄀子"},
    "rooms": ["room_a"],
    "use_date": "2026-11-24",
    "starts": "09:00",
    "ends": "12:00",
    "sales": False,
}

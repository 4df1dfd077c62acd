import io
import os
import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import now
from PIL import Image

from forms_engine import applications, attachments, vault
from forms_engine.attachments import Attachment, AttachmentRefused, attach, clean_name, deliver
from forms_engine.media_types import media_type_of
from tests.forms_engine.conftest import PDF, upload
from workflows.keyring import Unreadable


def picture(kind):
    file = io.BytesIO()
    Image.new("RGB", (3, 2), "green").save(file, kind)
    return file.getvalue()


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40


def row(answer):
    return Attachment.objects.get(pk=answer["id"])


def refusal(application, content, name="計画.pdf", field="/plan", **more):
    with pytest.raises(AttachmentRefused) as refused:
        attach(application, field, upload(content, name), **more)
    return refused.value.problem


@pytest.fixture
def selling(draft):
    return draft(sales=True, goods="菓子")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("TIFF"), "image/tiff"),
        (picture("WEBP"), "image/webp"),
        (HEIC, "image/heic"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<!doctype html><script>alert(1)</script>", None),
        (b"%PDF-1.7 cut off", None),
        (b" %PDF-1.7 %%EOF", None),
        (picture("PNG")[:40], None),
        (picture("JPEG")[:10], None),
        (picture("GIF"), None),
        (b"MZ\x90\0", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_the_type_is_told_from_the_content_alone(content, media_type):
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("計画書.pdf", "計画書.pdf"),
        ("髙﨑の証明書.PDF", "髙﨑の証明書.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\書類\\計画.pdf", "計画.pdf"),
        ("evil.html", "evil.html.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("改\r\n行\0.pdf", "改行.pdf"),
        ("か\u3099.pdf", "が.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("長" * 300 + ".pdf", "長" * 120 + ".pdf"),
    ],
)
def test_names_keep_what_people_wrote_and_nothing_dangerous(given, kept):
    assert clean_name(given, "application/pdf") == kept


@pytest.mark.django_db
def test_an_upload_is_kept_encrypted_and_read_back(selling):
    answer = attach(selling, "/plan", upload())
    attachment = row(answer)
    assert attachments.open(attachment) == PDF
    assert PDF not in vault.read(attachment.pk) and b"%PDF" not in vault.read(attachment.pk)
    assert answer == attachment.answer() and answer["name"] == "計画.pdf" and answer["size"] == len(PDF)


@pytest.mark.django_db
def test_an_altered_or_exchanged_file_is_noticed(selling):
    first, second = (row(attach(selling, "/plan", upload(PDF + extra))) for extra in (b"", b"%%EOF"))
    path = vault.path_of(first.pk)
    path.write_bytes(vault.read(second.pk))
    with pytest.raises(Unreadable):
        attachments.open(first)


@pytest.mark.django_db
def test_a_script_dressed_as_a_pdf_is_refused(selling):
    problem = refusal(selling, b"<script>alert(1)</script>", "certificate.pdf")
    assert problem.code == "attachment_type" and "PDF" in problem.message("ja")
    assert not Attachment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF.replace(b"trailer\n<<", b"trailer\n<</Encrypt 3 0 R"), "attachment_encrypted"),
        (PDF.replace(b"trailer\n<<", b"trailer\n<</Encr#79pt 3 0 R"), "attachment_encrypted"),
        (PDF.replace(b"obj\n<<", b"obj\n<</S/JavaScript", 1), "attachment_active"),
        (b"", "attachment_empty"),
        (PDF + b" " * 200_001 + b"%%EOF", "attachment_too_large"),
        (HEIC, "attachment_type"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(selling, content, code):
    problem = refusal(selling, content)
    assert problem.code == code and problem.pointer == "/plan"
    assert all(problem.message(language) for language in ("ja", "ja-easy", "en"))


@pytest.mark.django_db
def test_a_field_may_allow_other_types(selling):
    heic = {"properties": {"media_type": {"enum": ["image/heic"]}}}
    assert attach(selling, "/plan", upload(HEIC, "IMG_1.HEIC"), schema=heic)["media_type"] == "image/heic"


@pytest.mark.django_db
def test_no_more_files_than_the_field_holds(selling):
    photos = [attach(selling, "/photos", upload(picture("PNG"), "a.png")) for _number in range(2)]
    applications.save_answers(selling, {"photos": photos})
    assert refusal(selling, picture("PNG"), field="/photos").code == "attachment_too_many"


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["/nothing", "/equipment/0/photo", "/applicant/family_name/x"])
def test_only_where_there_is_a_field(selling, field):
    assert refusal(selling, PDF, field=field).code == "attachment_no_field"


@pytest.mark.django_db
def test_a_hidden_field_takes_no_file(draft):
    assert refusal(draft(sales=False), PDF).code == "attachment_no_field"


@pytest.mark.django_db
def test_it_is_handed_out_without_being_trusted(selling):
    pdf = deliver(row(attach(selling, "/plan", upload())))
    image = deliver(row(attach(selling, "/photos", upload(picture("PNG"), "髙.png"))))
    heic = {"properties": {"media_type": {"enum": ["image/heic"]}}}
    other = deliver(row(attach(selling, "/plan", upload(HEIC, "a.heic"), schema=heic)))
    assert pdf.content == PDF and pdf.media_type == "application/pdf"
    assert pdf.headers["X-Content-Type-Options"] == "nosniff" and "no-store" in pdf.headers["Cache-Control"]
    assert pdf.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in image.headers["Content-Security-Policy"]
    assert other.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db(transaction=True)
def test_the_sweep_takes_what_nobody_refers_to_and_nothing_else(selling):
    kept, left, fresh = (attach(selling, "/plan", upload(PDF + b"%%EOF" * number)) for number in range(3))
    applications.save_answers(selling, {"plan": kept})
    Attachment.objects.exclude(pk=fresh["id"]).update(uploaded_at=now() - timedelta(days=2))
    stranger, old = uuid.uuid4(), (now() - timedelta(days=2)).timestamp()
    vault.write(stranger, b"without a row")
    for file_id in (stranger, uuid.UUID(kept["id"])):
        os.utime(vault.path_of(file_id), (old, old))
    assert attachments.sweep() == 2
    assert set(map(str, Attachment.objects.values_list("pk", flat=True))) == {kept["id"], fresh["id"]}
    assert vault.has(uuid.UUID(kept["id"])) and not vault.has(stranger) and not vault.has(uuid.UUID(left["id"]))


@pytest.mark.django_db
def test_the_sweep_spares_a_file_whose_upload_is_going_on(selling):
    young = uuid.uuid4()
    vault.write(young, b"row comes in a moment")
    attachments.sweep()
    assert vault.has(young)

"""What makes reportlab's output PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), sealed files included.

Structure tree, output intent, XMP metadata and associated files are written with pikepdf; saving through qpdf also
mends the missing line ends before ``endstream`` (ISO 19005-3 §6.1.7.1).
"""

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from forms_engine.archive import icc
from forms_engine.archive.content import Enclosure
from forms_engine.archive.tagged import Element, Mark

PRODUCER = "Kakanai"
SRGB = "sRGB IEC61966-2.1"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def finished(
    drawn: bytes,
    root: Element,
    marks: list[list[Element]],
    *,
    title: str,
    author: str,
    at: datetime,
    enclosures: list[Enclosure],
    language: str = "ja-JP",
) -> bytes:
    """The archival file made of what reportlab drew; the same bytes for the same input.  ``at`` needs a time zone."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _add_structure(pdf, root, marks)
        pdf.Root.Lang = String(language)
        _add_output_intent(pdf)
        _add_metadata(pdf, title, author, at, language)
        _enclose(pdf, enclosures, at)
        _leave_out_the_rest(pdf)
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    stream = io.BytesIO()
    pdf.save(
        stream,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return stream.getvalue()


def _add_structure(pdf: Pdf, root: Element, marks: list[list[Element]]) -> None:
    pages = [page.obj for page in pdf.pages]
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    nodes: dict[Element, Object] = {}
    tree.K = Array([_node(pdf, root, tree, pages, nodes)])
    numbers: list[int | Object] = []
    for number, (page, elements) in enumerate(zip(pages, marks, strict=True)):
        page.StructParents, page.Tabs = number, Name.S
        numbers.extend([number, pdf.make_indirect(Array([nodes[element] for element in elements]))])
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _node(pdf: Pdf, element: Element, parent: Object, pages: Sequence[Object], nodes: dict[Element, Object]) -> Object:
    node = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.kind), P=parent))
    nodes[element] = node
    if element.alternative:
        node.Alt = String(element.alternative)
    if element.scope:
        node.A = Dictionary(O=Name.Table, Scope=Name("/" + element.scope))
    if element.box:
        node.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(list(element.box)))
    kids = [kid if isinstance(kid, Mark) else _node(pdf, kid, node, pages, nodes) for kid in element.kids]
    _hang(node, kids, pages)
    return node


def _hang(node: Object, kids: list[Mark | Object], pages: Sequence[Object]) -> None:
    """Content is told by its number alone where all of it is on one page, which the node then names."""
    on_pages = {kid.page for kid in kids if isinstance(kid, Mark)}
    if len(on_pages) == 1:
        node.Pg = pages[on_pages.pop()]
        node.K = Array([kid.number if isinstance(kid, Mark) else kid for kid in kids])
    else:
        node.K = Array([_reference(kid, pages) if isinstance(kid, Mark) else kid for kid in kids])


def _reference(mark: Mark, pages: Sequence[Object]) -> Dictionary:
    return Dictionary(Type=Name.MCR, Pg=pages[mark.page], MCID=mark.number)


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return icc.srgb()


def _add_output_intent(pdf: Pdf) -> None:
    profile = pdf.make_stream(_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(SRGB),
        Info=String(SRGB),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])


def _add_metadata(pdf: Pdf, title: str, author: str, at: datetime, language: str) -> None:
    date = at.isoformat(timespec="seconds")
    text = XMP.format(title=_xml(title), author=_xml(author), date=date, producer=PRODUCER, language=language)
    pdf.Root.Metadata = pdf.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _xml(text: str) -> str:
    return escape("".join(character for character in text if character.isprintable()))


def _enclose(pdf: Pdf, enclosures: list[Enclosure], at: datetime) -> None:
    """Embed the files, each associated with the document (ISO 19005-3 §6.8)."""
    if not enclosures:
        return
    date = _pdf_date(at)
    files = {enclosure.name: _file(pdf, enclosure, date) for enclosure in enclosures}
    pdf.Root.AF = Array(list(files.values()))
    # ISO 32000-1 §7.9.6: the names of a name tree stand in the order of their bytes
    names = sorted(((String(name), file) for name, file in files.items()), key=lambda pair: bytes(pair[0]))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([part for pair in names for part in pair])))


def _file(pdf: Pdf, enclosure: Enclosure, date: str) -> Object:
    checksum = hashlib.md5(enclosure.data, usedforsecurity=False).digest()  # the format asks for MD5
    stream = pdf.make_stream(enclosure.data, Type=Name.EmbeddedFile, Subtype=Name("/" + enclosure.media_type))
    stream.Params = Dictionary(Size=len(enclosure.data), ModDate=String(date), CheckSum=String(checksum))
    specification = Dictionary(
        Type=Name.Filespec,
        F=String(enclosure.name),
        UF=String(enclosure.name),
        Desc=String(enclosure.description),
        AFRelationship=Name("/" + enclosure.relationship),
        EF=Dictionary(F=stream, UF=stream),
    )
    return pdf.make_indirect(specification)


def _pdf_date(at: datetime) -> str:
    zone = at.strftime("%z")
    return f"D:{at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _leave_out_the_rest(pdf: Pdf) -> None:
    """What reportlab writes and an archival file does without; an Info would have to agree with the XMP."""
    for key in ("/Outlines", "/PageMode"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        if "/Trans" in page.obj:
            del page.obj.Trans
    for key in ("/ID", "/Info"):
        if key in pdf.trailer:
            del pdf.trailer[key]

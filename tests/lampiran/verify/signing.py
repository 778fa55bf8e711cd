"""Makes signed PDFs of every kind: an authority, signers with any period and purpose, and what happens afterwards."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pikepdf
from asn1crypto import crl, keys, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

DAY = timedelta(days=1)
NOW = datetime.now(tz=UTC).replace(microsecond=0)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def drawn(*pages: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass
class Authority:
    """Signs certificates; its own is what a caller trusts."""

    common: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    above: Authority | None = None
    last: datetime = NOW + 9000 * DAY
    certificate: x509.Certificate = field(init=False)

    def __post_init__(self) -> None:
        issuer = self.above or self
        self.certificate = issuer.signed(
            self.common, self.key, NOW - 9000 * DAY, self.last, is_authority=True
        )

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def signed(
        self,
        common: str,
        key: Key,
        first: datetime,
        last: datetime,
        *,
        is_authority: bool = False,
        extended: Sequence[x509.ObjectIdentifier] = (),
        signs: bool = True,
        links: bool = False,
    ) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=signs and not is_authority,
            content_commitment=signs and not is_authority,
            key_encipherment=not signs,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=is_authority,
            crl_sign=is_authority,
            encipher_only=False,
            decipher_only=False,
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(name(common))
            .issuer_name(name(self.common))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(first)
            .not_valid_after(last)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(usage, critical=True)
        )
        if extended:
            builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=False)
        if links:
            for extension in network_links():
                builder = builder.add_extension(extension, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def signer(
        self,
        common: str = "Test Signer",
        first: datetime = NOW - 30 * DAY,
        last: datetime = NOW + 365 * DAY,
        *,
        extended: Sequence[x509.ObjectIdentifier] = (),
        signs: bool = True,
        links: bool = False,
    ) -> signers.SimpleSigner:
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = self.signed(common, key, first, last, extended=extended, signs=signs, links=links)
        return signers.SimpleSigner(
            signing_cert=as_asn1(leaf), signing_key=key_of(key), cert_registry=self.registry()
        )

    def registry(self) -> SimpleCertificateStore:
        store = SimpleCertificateStore()
        store.register(as_asn1(self.certificate))
        return store

    def stamper(
        self, moment: datetime, common: str = "Test Clock", *, for_time: bool = True
    ) -> DummyTimeStamper:
        key = rsa.generate_private_key(65537, 2048)
        purpose = ExtendedKeyUsageOID.TIME_STAMPING if for_time else ExtendedKeyUsageOID.EMAIL_PROTECTION
        leaf = self.signed(common, key, NOW - 900 * DAY, NOW + 3000 * DAY, extended=[purpose])
        return DummyTimeStamper(as_asn1(leaf), key_of(key), certs_to_embed=self.registry(), fixed_dt=moment)

    def revocations(self, serials: Sequence[int], when: datetime) -> bytes:
        """A revocation list, DER, made today."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(name(self.common))
        builder = builder.last_update(NOW - DAY).next_update(NOW + 30 * DAY)
        for serial in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when)
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def network_links() -> list[x509.ExtensionType]:
    """Where a certificate says that revocation data and its issuer's certificate can be had."""
    address = x509.UniformResourceIdentifier("http://127.0.0.1:9/authority")
    method = x509.AuthorityInformationAccessOID
    return [
        x509.AuthorityInformationAccess(
            [x509.AccessDescription(method.OCSP, address), x509.AccessDescription(method.CA_ISSUERS, address)]
        ),
        x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)]),
    ]


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def key_of(key: Key) -> keys.PrivateKeyInfo:
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return keys.PrivateKeyInfo.load(der)


def sign(
    data: bytes,
    signer: signers.SimpleSigner,
    label: str = "Signature1",
    *,
    certify: MDPPerm | None = None,
    stamper: DummyTimeStamper | None = None,
    password: str | None = None,
    digest: str = "sha256",
) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if password is not None:
        writer.encrypt(password)
    about = signers.PdfSignatureMetadata(
        field_name=label,
        reason="Test",
        md_algorithm=digest,
        certify=certify is not None,
        docmdp_permissions=certify or MDPPerm.FILL_FORMS,
    )
    output = io.BytesIO()
    signers.PdfSigner(about, signer=signer, timestamper=stamper).sign_pdf(writer, output=output)
    return output.getvalue()


def stamp(data: bytes, stamper: DummyTimeStamper) -> bytes:
    """Append a document time stamp."""
    output = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    signers.PdfTimeStamper(stamper, field_name="Stamp1").timestamp_pdf(writer, "sha256", output=output)
    return output.getvalue()


def change_page(data: bytes, page: int = 0, text: str = "BT /F1 12 Tf 72 600 Td (tambahan) Tj ET") -> bytes:
    """Append a revision that puts other content on a page (from 0)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    found = writer.find_page_for_modification(page)[0].get_object()
    found[pdf_name("/Contents")] = writer.add_object(StreamObject(stream_data=text.encode()))
    writer.update_container(found)
    return written(writer)


def add_store(data: bytes, crls: Sequence[bytes] = ()) -> bytes:
    """Append a revision with a store of validation data."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    lists = [crl.CertificateList.load(each) for each in crls]
    DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=lists)
    return written(writer)


def add_empty_field(data: bytes, label: str = "Empty1") -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec(label, on_page=0, box=(10, 10, 90, 40)))
    return written(writer)


def empty_out(data: bytes) -> bytes:
    """Append a revision that takes every signature out of its field."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    for entry in writer.root["/AcroForm"]["/Fields"]:
        target = entry.get_object()
        del target["/V"]
        writer.update_container(target)
    return written(writer)


def comment(data: bytes) -> bytes:
    """Append a revision with a comment on the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.find_page_for_modification(0)[0].get_object()
    note = DictionaryObject({pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Text")})
    note[pdf_name("/Rect")] = ArrayObject([NumberObject(side) for side in (10, 10, 30, 30)])
    writer.register_annotation(page.container_ref, writer.add_object(note))
    return written(writer)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def encrypted(data: bytes, user: str) -> bytes:
    """Encrypt a plain PDF; with an empty `user` password anyone may open it."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))
    return buffer.getvalue()


def with_blob(data: bytes, blob: bytes) -> bytes:
    """Put other bytes, as long as fits, in the place of the last signature's /Contents."""
    start = data.rfind(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)
    return data[:start] + blob.hex().encode().ljust(end - start, b"0") + data[end:]


def as_pem(der: bytes, kind: str) -> bytes:
    return bytes(pem.armor(kind, der))

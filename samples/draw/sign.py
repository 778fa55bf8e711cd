"""Turns a drawn decree into its signed copy: a visible signature by a throw-away authority, appended."""

import argparse
import io
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext

FOLDER = Path(__file__).resolve().parent.parent
PLAIN = FOLDER / "kpu-batang-2025.pdf"
SIGNED = FOLDER / "kpu-batang-2025.signed.pdf"

AUTHORITY = "Lampiran Test Authority"
SIGNER = "Lampiran Test Signer"
FIELD = "Signature1"
VALID = datetime(2025, 1, 1, tzinfo=UTC), datetime(2075, 1, 1, tzinfo=UTC)
PLACE = (320, 380, 540, 430)


def sign(plain: bytes) -> bytes:
    """Append one visible signature on page 2 as an incremental update.

    The keys are made for this call and forgotten, so that two calls give different bytes.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(plain))
    spot = fields.SigFieldSpec(FIELD, on_page=1, box=PLACE)
    style = TextStampStyle(stamp_text="Signed for a test by %(signer)s", border_width=1)
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=FIELD, reason="Test"),
        signer=_signer(),
        stamp_style=style,
        new_field_spec=spot,
    )
    output = io.BytesIO()
    signer.sign_pdf(writer, output=output)
    return output.getvalue()


def problems(plain: bytes, signed: bytes) -> list[str]:
    """What is wrong with a signed copy; an empty list when it is a sound copy of `plain`."""
    found = [] if signed.startswith(plain) else ["the signed copy does not start with the plain one"]
    embedded = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    if len(embedded) != 1:
        return [*found, f"{len(embedded)} signatures instead of one"]
    roots = [cert for cert in embedded[0].other_embedded_certs if cert.subject == cert.issuer]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = validate_pdf_signature(embedded[0], signer_validation_context=context)
    return found if status.bottom_line else [*found, f"the signature is not valid: {status.summary()}"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Sign the committed facsimile anew, or check the committed copy; 1 when the check fails."""
    parser = argparse.ArgumentParser(prog="python -m samples.draw.sign", description=__doc__)
    parser.add_argument("--check", action="store_true", help="check the committed copy, write nothing")
    options = parser.parse_args(arguments)
    if not options.check:
        SIGNED.write_bytes(sign(PLAIN.read_bytes()))
        return 0
    found = problems(PLAIN.read_bytes(), SIGNED.read_bytes())
    for line in found:
        sys.stderr.write(f"{SIGNED.name}: {line}\n")
    return 1 if found else 0


def _signer() -> signers.SimpleSigner:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(AUTHORITY, root_key, AUTHORITY, root_key, authority=True)
    leaf = _certificate(SIGNER, key, AUTHORITY, root_key, authority=False)
    bundle = pkcs12.serialize_key_and_certificates(None, key, leaf, [root], serialization.NoEncryption())
    signer: signers.SimpleSigner = signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[])
    return signer


def _certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID[0])
        .not_valid_after(VALID[1])
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


if __name__ == "__main__":
    sys.exit(main())

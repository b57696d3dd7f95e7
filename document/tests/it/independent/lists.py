"""Revocation lists and master lists (9303-12 §7.1.4, §9)."""

from asn1crypto import core, crl, x509
from certificates import YEAR, Certified, extension, instant, time
from documents import SECURITY_OBJECT, file, groups, security_object
from keys import require, say, verify

MASTER_LIST = "2.23.136.1.1.2"
MASTER_LIST_SIGNER = "2.23.136.1.1.3"


class Certificates(core.SetOf):
    _child_spec = x509.Certificate


class MasterList(core.Sequence):
    _fields = [("version", core.Integer), ("certificates", Certificates)]


def revocations(authority, serials, now):
    revoked = [{"user_certificate": s, "revocation_date": time(now - 100)} for s in serials]
    id_ = x509.AuthorityKeyIdentifier({"key_identifier": authority.key.id()})
    content = crl.TbsCertList({
        "version": "v2",
        "signature": authority.key.identifier(),
        "issuer": authority.name,
        "this_update": time(now - 50),
        "next_update": time(now + YEAR),
        "revoked_certificates": revoked,
        "crl_extensions": [
            extension("authority_key_identifier", id_),
            extension("crl_number", core.Integer(7)),
        ],
    })
    return crl.CertificateList({
        "tbs_cert_list": content,
        "signature_algorithm": authority.key.identifier(),
        "signature": authority.key.sign(content.dump()),
    }).dump()


def publish(folder, now):
    """An authority, one it does not know, a master list of both, documents and a revocation list."""
    of = groups(folder)
    authority = Certified("brainpoolp384r1", "sha384", now, serial=0x80)
    stranger = Certified("secp256r1", "sha256", now, common="Stranger")
    purpose = MASTER_LIST_SIGNER
    lister = Certified("brainpoolp256r1", "sha256", now, authority, 3, "Lister", purpose)
    members = [authority.certificate, stranger.certificate]
    content = MasterList({"version": 0, "certificates": Certificates(members)}).dump()
    written = {
        "csca": authority.certificate.dump(),
        "master": lister.sign(MASTER_LIST, content, signed_at=now - 10),
        "list": revocations(authority, [0xF001, 2**130 + 5], now),
    }
    signers = {"good": (authority, 0xF000), "revoked": (authority, 0xF001), "listed": (stranger, 9)}
    for name, (issuer, serial) in signers.items():
        signer = Certified("secp256r1", "sha256", now, issuer, serial, "Signer")
        signed = signer.sign(SECURITY_OBJECT, security_object("sha256", 0, of))
        written[f"{name}.sod"] = file(23, signed)
    for name, bytes_ in written.items():
        (folder / name).write_bytes(bytes_)


def check_list(revoked, authority, now):
    content = revoked["tbs_cert_list"]
    same = content["signature"].dump() == revoked["signature_algorithm"].dump()
    require(same and content["issuer"] == authority.subject, "another issuer")
    same = revoked.authority_key_identifier == authority.key_identifier
    require(same, "another issuer's key")
    span = content["this_update"].native, content["next_update"].native
    require(span[0] <= instant(now) <= span[1], "a list of another time")
    signature = revoked["signature"].native
    verify(authority.public_key, revoked["signature_algorithm"], content.dump(), signature)


def check(folder, now):
    """Says of every `<name>.crl` whether it is genuine under `csca`, and what it revokes."""
    authority = x509.Certificate.load((folder / "csca").read_bytes())
    for path in sorted(folder.glob("*.crl")):
        revoked = crl.CertificateList.load(path.read_bytes(), strict=True)
        say(path.stem, lambda: check_list(revoked, authority, now))
        for one in revoked["tbs_cert_list"]["revoked_certificates"]:
            print(path.stem, f"{one['user_certificate'].native:x}")

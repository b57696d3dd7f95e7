"""Certificates of 9303-12 §7.1 and the signed data they sign, made and checked."""

from datetime import datetime, timezone

from asn1crypto import cms, core, x509
from keys import Key, digest, key_id, require, verify

YEAR = 365 * 86_400


def instant(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc)


def time(seconds):
    return {"utc_time": instant(seconds)}


def extension(name, value, critical=False):
    return {"extn_id": name, "critical": critical, "extn_value": value}


class Certified:
    """A key and its certificate; `issuer` is another of these, or none for an authority."""

    def __init__(self, kind, hash_name, now, issuer=None, serial=1, common="CSCA", purpose=None):
        self.key = Key(kind, hash_name, "signer" if issuer else "authority")
        self.name = x509.Name.build({"country_name": "UT", "common_name": common})
        self.serial = serial
        self.issuer = issuer or self
        self.certificate = self._certify(now, issuer is None, purpose)

    def _certify(self, now, authority, purpose):
        usage = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature"}
        extensions = [
            extension(
                "authority_key_identifier",
                x509.AuthorityKeyIdentifier({"key_identifier": self.issuer.key.id()}),
            ),
            extension("key_identifier", core.OctetString(self.key.id())),
            extension("key_usage", x509.KeyUsage(usage), True),
        ]
        if authority:
            limits = x509.BasicConstraints({"ca": True, "path_len_constraint": 0})
            extensions.append(extension("basic_constraints", limits, True))
        if purpose:
            extensions.append(extension("extended_key_usage", x509.ExtKeyUsageSyntax([purpose]), True))
        content = x509.TbsCertificate({
            "version": "v3",
            "serial_number": self.serial,
            "signature": self.issuer.key.identifier(),
            "issuer": self.issuer.name,
            "validity": {"not_before": time(now - 5 * YEAR), "not_after": time(now + 5 * YEAR)},
            "subject": self.name,
            "subject_public_key_info": self.key.public(),
            "extensions": extensions,
        })
        return x509.Certificate({
            "tbs_certificate": content,
            "signature_algorithm": self.issuer.key.identifier(),
            "signature_value": self.issuer.key.sign(content.dump()),
        })

    def sign(self, kind, content, by_key_id=False, signed_at=None):
        """CMS signed data over content of that type (RFC 5652 §5)."""
        hash_name = self.key.hash
        attributes = [
            {"type": "content_type", "values": [kind]},
            {"type": "message_digest", "values": [digest(hash_name, content)]},
        ]
        if signed_at is not None:
            attributes.append({"type": "signing_time", "values": [cms.Time(time(signed_at))]})
        attributes = cms.CMSAttributes(attributes)
        named = {"issuer": self.issuer.name, "serial_number": self.serial}
        issued = cms.SignerIdentifier("issuer_and_serial_number", named)
        by_key = cms.SignerIdentifier("subject_key_identifier", self.key.id())
        signer = {
            "version": "v3" if by_key_id else "v1",
            "sid": by_key if by_key_id else issued,
            "digest_algorithm": {"algorithm": hash_name},
            "signed_attrs": attributes,
            "signature_algorithm": self.key.identifier(),
            "signature": self.key.sign(attributes.dump()),
        }
        data = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": hash_name}],
            "encap_content_info": {"content_type": kind, "content": content},
            "certificates": [self.certificate],
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def check_certificate(certificate, issuer, at):
    """Refuses a certificate that the issuer's did not sign, or not for that time."""
    content = certificate["tbs_certificate"]
    same = content["signature"].dump() == certificate["signature_algorithm"].dump()
    require(same, "an algorithm that is not the signed one")
    require(certificate.issuer == issuer.subject, "another issuer")
    require(certificate.authority_key_identifier == issuer.key_identifier, "another issuer's key")
    for one in (certificate, issuer):
        span = one["tbs_certificate"]["validity"]
        good = span["not_before"].native <= instant(at) <= span["not_after"].native
        require(good, "a certificate of another time")
        require(one.key_identifier == key_id(one.public_key), "a key id that is not its key's")
    require(issuer.ca and "key_cert_sign" in issuer.key_usage_value.native, "no authority")
    signature = certificate["signature_value"].native
    verify(issuer.public_key, certificate["signature_algorithm"], content.dump(), signature)


def attribute(signer, name):
    found = [a["values"] for a in signer["signed_attrs"] if a["type"].native == name]
    require(len(found) == 1 and len(found[0]) == 1, f"not one {name}")
    return found[0][0].native


def check_signed(data, kind, anchor, at):
    """The content of signed data of that type whose signer the anchor certified."""
    content = data["encap_content_info"]
    require(content["content_type"].native == kind, "another type of content")
    require(len(data["signer_infos"]) == 1 and len(data["certificates"]) == 1, "not one signer")
    signer, certificate = data["signer_infos"][0], data["certificates"][0].chosen
    named = signer["sid"].chosen
    if signer["sid"].name == "subject_key_identifier":
        require(named.native == certificate.key_identifier, "another signer's key")
    else:
        require(named["issuer"] == certificate.issuer, "another signer's issuer")
        require(named["serial_number"].native == certificate.serial_number, "another serial number")
    hash_name, bytes_ = signer["digest_algorithm"]["algorithm"].native, content["content"].native
    require(attribute(signer, "content_type") == kind, "another type in the attributes")
    require(attribute(signer, "message_digest") == digest(hash_name, bytes_), "a message digest")
    attributes = signer["signed_attrs"].untag().dump()
    verify(certificate.public_key, signer["signature_algorithm"], attributes, signer["signature"].native)
    require(certificate.key_usage_value.native == {"digital_signature"}, "a key of another use")
    check_certificate(anchor, anchor, at)
    check_certificate(certificate, anchor, at)
    return bytes_

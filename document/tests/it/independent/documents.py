"""EF.SOD (9303-10 §4.6.2): made over data groups that were given, and checked against them."""

from asn1crypto import algos, cms, core, parser, x509
from certificates import Certified, check_signed
from keys import digest, require, say

SECURITY_OBJECT = "2.23.136.1.1.1"


class GroupHash(core.Sequence):
    _fields = [("number", core.Integer), ("value", core.OctetString)]


class GroupHashes(core.SequenceOf):
    _child_spec = GroupHash


class Versions(core.Sequence):
    _fields = [("lds", core.PrintableString), ("unicode", core.PrintableString)]


class SecurityObject(core.Sequence):
    _fields = [
        ("version", core.Integer),
        ("algorithm", algos.DigestAlgorithm),
        ("hashes", GroupHashes),
        ("versions", Versions, {"optional": True}),
    ]


def groups(folder):
    """The data groups that the test wrote, by number."""
    return {int(path.stem[2:]): path.read_bytes() for path in sorted(folder.glob("dg*.bin"))}


def file(number, content):
    """An elementary file: one object of an application's tag."""
    return parser.emit(1, 1, number, content)


def security_object(hash_name, version, of):
    content = {
        "version": version,
        "algorithm": {"algorithm": hash_name},
        "hashes": [{"number": n, "value": digest(hash_name, b)} for n, b in of.items()],
    }
    if version == 1:
        content["versions"] = {"lds": "0108", "unicode": "040000"}
    return SecurityObject(content).dump()


def issue(folder, now):
    """Makes `<name>.csca` and `<name>.sod` for every line of `cases`."""
    of = groups(folder)
    for line in (folder / "cases").read_text().splitlines():
        name, kind, hash_name, version, named = line.split()
        authority = Certified(kind, hash_name, now)
        signer = Certified(kind, hash_name, now, authority, serial=0xF7, common="Signer")
        content = security_object(hash_name, int(version), of)
        signed_at = now - 1_000 if version == "1" else None
        signed = signer.sign(SECURITY_OBJECT, content, named == "key", signed_at)
        (folder / f"{name}.csca").write_bytes(authority.certificate.dump())
        (folder / f"{name}.sod").write_bytes(file(23, signed))


def check_document(sod, anchor, of, now):
    class_, _, tag, _, content, _ = parser.parse(sod, strict=True)
    require((class_, tag) == (1, 23), "not EF.SOD")
    info = cms.ContentInfo.load(content, strict=True)
    require(info["content_type"].native == "signed_data", "no signed data")
    bytes_ = check_signed(info["content"], SECURITY_OBJECT, x509.Certificate.load(anchor), now)
    content = SecurityObject.load(bytes_, strict=True)
    version, hash_name = content["version"].native, content["algorithm"]["algorithm"].native
    require((version, content["versions"].native is not None) in ((0, False), (1, True)), "versions")
    listed = {one["number"].native: one["value"].native for one in content["hashes"]}
    computed = {number: digest(hash_name, bytes_) for number, bytes_ in of.items()}
    require(listed == computed, "a data group's hash")


def check(folder, now):
    """Says of every `<name>.sod` whether it is genuine under `<name>.csca`."""
    of = groups(folder)
    for path in sorted(folder.glob("*.sod")):
        anchor = path.with_suffix(".csca").read_bytes()
        say(path.stem, lambda: check_document(path.read_bytes(), anchor, of, now))

"""Keys and signatures by pycryptodome and ecdsa, their encodings by asn1crypto."""

import ecdsa
from asn1crypto import algos, keys
from Crypto.Hash import SHA1, SHA224, SHA256, SHA384, SHA512
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15, pss
from ecdsa.util import sigdecode_der, sigdecode_string, sigencode_der, sigencode_string

HASHES = {"sha1": SHA1, "sha224": SHA224, "sha256": SHA256, "sha384": SHA384, "sha512": SHA512}

CURVES = {
    "secp192r1": ecdsa.NIST192p,
    "secp224r1": ecdsa.NIST224p,
    "secp256r1": ecdsa.NIST256p,
    "secp384r1": ecdsa.NIST384p,
    "secp521r1": ecdsa.NIST521p,
    "brainpoolp192r1": ecdsa.BRAINPOOLP192r1,
    "brainpoolp224r1": ecdsa.BRAINPOOLP224r1,
    "brainpoolp256r1": ecdsa.BRAINPOOLP256r1,
    "brainpoolp320r1": ecdsa.BRAINPOOLP320r1,
    "brainpoolp384r1": ecdsa.BRAINPOOLP384r1,
    "brainpoolp512r1": ecdsa.BRAINPOOLP512r1,
}


class Refused(Exception):
    """Something is not as the standards say."""


def require(condition, what):
    if not condition:
        raise Refused(what)


def say(name, check):
    try:
        check()
        print(name, "genuine")
    except Refused as why:
        print(name, "refused:", why)


def digest(name, data):
    return HASHES[name].new(data).digest()


_made = {}


def rsa(bits, role):
    """One key for each role of a process: making them is slow."""
    if (bits, role) not in _made:
        _made[bits, role] = RSA.generate(bits)
    return _made[bits, role]


class Key:
    """A private key that signs in one way: `kind` is `pkcs1`, `pss` or the name of a curve."""

    def __init__(self, kind, hash_name, role):
        self.kind, self.hash = kind, hash_name
        curve = CURVES.get(kind)
        self.secret = ecdsa.SigningKey.generate(curve=curve) if curve else rsa(2048, role)

    def public(self):
        if self.kind in CURVES:
            return ec_info(self.kind, self.secret.verifying_key)
        return rsa_info(self.secret)

    def id(self):
        return key_id(self.public())

    def identifier(self):
        if self.kind == "pkcs1":
            return {"algorithm": self.hash + "_rsa"}
        if self.kind != "pss":
            return {"algorithm": self.hash + "_ecdsa"}
        parameters = {
            "hash_algorithm": {"algorithm": self.hash},
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": self.hash}},
            "salt_length": HASHES[self.hash].digest_size,
        }
        return {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)}

    def sign(self, message):
        if self.kind in CURVES:
            return sign_ec(self.secret, self.hash, message, sigencode_der)
        scheme = pkcs1_15 if self.kind == "pkcs1" else pss
        return scheme.new(self.secret).sign(HASHES[self.hash].new(message))


def sign_ec(secret, hash_name, message, encode=sigencode_string):
    hashed = digest(hash_name, message)
    return secret.sign_digest(hashed, sigencode=encode, allow_truncate=True)


def ec_info(curve, public):
    point = keys.ECPointBitString(public.to_string("uncompressed"))
    algorithm = {"algorithm": "ec", "parameters": keys.ECDomainParameters("named", curve)}
    return keys.PublicKeyInfo({"algorithm": algorithm, "public_key": point})


def rsa_info(key):
    numbers = keys.RSAPublicKey({"modulus": key.n, "public_exponent": key.e})
    return keys.PublicKeyInfo({"algorithm": {"algorithm": "rsa"}, "public_key": numbers})


def key_id(info):
    """RFC 5280 §4.2.1.2, method 1: SHA-1 of the bit string without its count of unused bits."""
    return digest("sha1", info["public_key"].contents[1:])


def curve_of(parameters):
    """The curve by its name, or by each of its numbers."""
    if parameters.name == "named":
        return CURVES[parameters.native]
    numbers = parameters.chosen
    base = numbers["base"].contents
    field = int.from_bytes
    for curve in CURVES.values():
        shape, generator = curve.curve, curve.generator
        same = (
            numbers["field_id"]["parameters"].native == shape.p()
            and field(numbers["curve"]["a"].native, "big") == shape.a() % shape.p()
            and field(numbers["curve"]["b"].native, "big") == shape.b()
            and base == generator.to_bytes("uncompressed")
            and numbers["order"].native == curve.order
        )
        if same:
            return curve
    raise Refused("an unknown curve")


def public_of(info):
    if info.algorithm == "ec":
        curve = curve_of(info["algorithm"]["parameters"])
        point = info["public_key"].contents[1:]
        return ecdsa.VerifyingKey.from_string(point, curve, valid_encodings=("uncompressed",))
    numbers = info["public_key"].parsed
    return RSA.construct((numbers["modulus"].native, numbers["public_exponent"].native))


def verify_ec(public, hash_name, message, signature, decode=sigdecode_string):
    hashed = digest(hash_name, message)
    try:
        good = public.verify_digest(signature, hashed, sigdecode=decode, allow_truncate=True)
    except (ecdsa.BadSignatureError, ecdsa.errors.MalformedPointError, ValueError) as error:
        raise Refused("an ECDSA signature") from error
    require(good, "an ECDSA signature")


def verify(info, algorithm, message, signature):
    """Refuses a signature that is not that key's under an `AlgorithmIdentifier`."""
    public, name = public_of(info), algorithm["algorithm"].native
    if name.endswith("_ecdsa"):
        return verify_ec(public, name.removesuffix("_ecdsa"), message, signature, sigdecode_der)
    if name == "rsassa_pss":
        parameters = algorithm["parameters"]
        hash_name = parameters["hash_algorithm"]["algorithm"].native
        mask = HASHES[parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native]
        scheme = pss.new(
            public,
            mask_func=lambda seed, length: pss.MGF1(seed, length, mask),
            salt_bytes=parameters["salt_length"].native,
        )
    else:
        hash_name, scheme = name.removesuffix("_rsa"), pkcs1_15.new(public)
    try:
        scheme.verify(HASHES[hash_name].new(message), signature)
    except ValueError as error:
        raise Refused("an RSA signature") from error

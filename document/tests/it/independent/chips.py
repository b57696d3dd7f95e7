"""Chips and terminals: active authentication (9303-11 §6.1) and chip authentication (§6.2)."""

import ecdsa
from asn1crypto import core, keys, parser
from Crypto.Cipher import AES, DES, DES3
from Crypto.Hash import CMAC
from documents import file
from keys import CURVES, HASHES, digest, ec_info, public_of, require, rsa, rsa_info, say
from keys import sign_ec, verify_ec

# ISO/IEC 10118-3 numbers of hash functions, as trailers of ISO/IEC 9796-2 name them.
TRAILERS = {"sha1": b"\xbc", "sha256": b"\x34\xcc", "sha384": b"\x36\xcc", "sha512": b"\x35\xcc"}
# BSI TR-03111 §5.2.1: ecdsa-plain-signatures
PLAIN = {"sha1": 1, "sha224": 2, "sha256": 3, "sha384": 4, "sha512": 5}
PLAIN_SIGNATURES = "0.4.0.127.0.7.1.1.4.1."
ACTIVE = "2.23.136.1.1.5"
PUBLIC_KEY = "0.4.0.127.0.7.2.2.1.2"
# id-CA-ECDH: Triple DES with Retail MAC, AES-128 with CMAC (9303-11 §9.2.5)
AGREEMENTS = {"3des": "0.4.0.127.0.7.2.2.3.2.1", "aes128": "0.4.0.127.0.7.2.2.3.2.2"}


class ActiveInfo(core.Sequence):
    _fields = [
        ("protocol", core.ObjectIdentifier),
        ("version", core.Integer),
        ("algorithm", core.ObjectIdentifier),
    ]


class ChipInfo(core.Sequence):
    _fields = [
        ("protocol", core.ObjectIdentifier),
        ("version", core.Integer),
        ("key_id", core.Integer, {"optional": True}),
    ]


class ChipKeyInfo(core.Sequence):
    _fields = [
        ("protocol", core.ObjectIdentifier),
        ("key", keys.PublicKeyInfo),
        ("key_id", core.Integer, {"optional": True}),
    ]


class Infos(core.SetOf):
    _child_spec = core.Any


def content_of(bytes_, number):
    class_, _, tag, _, content, _ = parser.parse(bytes_, strict=True)
    require((class_, tag) == (1, number), "another file")
    return content


def representative(size, hash_name, challenge):
    """ISO/IEC 9796-2 scheme 1 with partial recovery: the chip's part, then the challenge."""
    trailer = TRAILERS[hash_name]
    room = size - 1 - HASHES[hash_name].digest_size - len(trailer)
    first = bytes(0x11 + at % 97 for at in range(room))
    return b"\x6a" + first + digest(hash_name, first + challenge) + trailer


def sign_challenges(folder, _now):
    """Makes data groups 14 and 15 and an answer to `challenge` for every line of `cases`."""
    challenge = (folder / "challenge").read_bytes()
    for line in (folder / "cases").read_text().splitlines():
        name, kind, hash_name = line.split()
        if kind in CURVES:
            secret = ecdsa.SigningKey.generate(curve=CURVES[kind])
            public, answer = ec_info(kind, secret.verifying_key), sign_ec(secret, hash_name, challenge)
        else:
            key = rsa(int(kind), "chip")
            message = representative(key.size_in_bytes(), hash_name, challenge)
            signed = pow(int.from_bytes(message, "big"), key.d, key.n)
            # The standard's own signature is the smaller of two; chips send either.
            signed = min(signed, key.n - signed) if hash_name == "sha256" else signed
            public, answer = rsa_info(key), signed.to_bytes(key.size_in_bytes(), "big")
        signs = PLAIN_SIGNATURES + str(PLAIN[hash_name])
        info = ActiveInfo({"protocol": ACTIVE, "version": 1, "algorithm": signs})
        (folder / f"{name}.dg14").write_bytes(file(14, Infos([info]).dump()))
        (folder / f"{name}.dg15").write_bytes(file(15, public.dump()))
        (folder / f"{name}.answer").write_bytes(answer)


def check_answer(dg15, challenge, answer, hash_name):
    public = public_of(keys.PublicKeyInfo.load(content_of(dg15, 15), strict=True))
    if isinstance(public, ecdsa.VerifyingKey):
        return verify_ec(public, hash_name, challenge, answer)
    opened = pow(int.from_bytes(answer, "big"), public.e, public.n)
    opened = opened if opened % 16 == 12 else public.n - opened
    message, trailer = opened.to_bytes(public.size_in_bytes(), "big"), TRAILERS[hash_name]
    require(message[:1] == b"\x6a" and message.endswith(trailer), "no representative")
    body = message[1 : -len(trailer)]
    size = HASHES[hash_name].digest_size
    require(body[-size:] == digest(hash_name, body[:-size] + challenge), "a challenge's hash")


def check_answers(folder, _now):
    """Says of every line of `cases` whether its answer is over `challenge`."""
    challenge = (folder / "challenge").read_bytes()
    for line in (folder / "cases").read_text().splitlines():
        name, hash_name = line.split()
        dg15, answer = ((folder / f"{name}.{end}").read_bytes() for end in ("dg15", "answer"))
        say(name, lambda: check_answer(dg15, challenge, answer, hash_name))


def padded(message, block):
    """ISO/IEC 9797-1 padding method 2."""
    return message + b"\x80" + bytes(-(len(message) + 1) % block)


class Session:
    """Secure messaging under the keys of a shared point's x (9303-11 §9.7, §9.8)."""

    def __init__(self, cipher, curve, secret, public):
        width = (curve.curve.p().bit_length() + 7) // 8
        x = (public.pubkey.point * secret.privkey.secret_multiplier).x()
        self.block = 8 if cipher == "3des" else 16
        keys_ = [digest("sha1", x.to_bytes(width, "big") + bytes([0, 0, 0, c]))[:16] for c in (1, 2)]
        self.encryption, self.authentication = keys_

    def _counter(self, number):
        return number.to_bytes(self.block, "big")

    def mac(self, number, *parts):
        message = self._counter(number) + b"".join(padded(part, self.block) for part in parts)
        if self.block == 16:
            return CMAC.new(self.authentication, message, AES, mac_len=8).digest()
        first, second = self.authentication[:8], self.authentication[8:]
        last = DES.new(first, DES.MODE_CBC, bytes(8)).encrypt(message)[-8:]
        turned = DES.new(second, DES.MODE_ECB).decrypt(last)
        return DES.new(first, DES.MODE_ECB).encrypt(turned)

    def _cipher(self, number):
        if self.block == 8:
            return DES3.new(self.encryption, DES3.MODE_CBC, bytes(8))
        vector = AES.new(self.encryption, AES.MODE_ECB).encrypt(self._counter(number))
        return AES.new(self.encryption, AES.MODE_CBC, vector)

    def command(self):
        """READ BINARY of EF.COM's first four bytes."""
        header, expected = bytes.fromhex("0cb09e00"), bytes.fromhex("970104")
        objects = expected + parser.emit(2, 0, 14, self.mac(1, header, expected))
        return header + bytes([len(objects)]) + objects + b"\0"

    def response(self, data):
        sealed = b"\1" + self._cipher(2).encrypt(padded(data, self.block))
        objects = parser.emit(2, 0, 7, sealed) + bytes.fromhex("99029000")
        return objects + parser.emit(2, 0, 14, self.mac(2, objects)) + b"\x90\0"

    def open(self, response):
        require(response[-2:] == b"\x90\0", "a status")
        body, mac = response[:-12], response[-10:-2]
        require(response[-12:-10] == b"\x8e\x08" and mac == self.mac(2, body), "a MAC")
        sealed = parser.parse(body)[4]
        require(body == parser.emit(2, 0, 7, sealed) + bytes.fromhex("99029000"), "objects")
        plain = self._cipher(2).decrypt(sealed[1:]).rstrip(b"\0")
        require(sealed[:1] == b"\1" and plain[-1:] == b"\x80", "padding")
        return plain[:-1]


def secret_file(folder, name):
    return folder / f"{name}.secret"


def make(folder, _now):
    """Makes a chip and its data group 14 for every line of `cases`."""
    for line in (folder / "cases").read_text().splitlines():
        name, curve, cipher, key_id = line.split()
        secret = ecdsa.SigningKey.generate(curve=CURVES[curve])
        id_ = {} if key_id == "-" else {"key_id": int(key_id)}
        key = ChipKeyInfo({"protocol": PUBLIC_KEY, "key": ec_info(curve, secret.verifying_key), **id_})
        offer = ChipInfo({"protocol": AGREEMENTS[cipher], "version": 1, **id_})
        (folder / f"{name}.dg14").write_bytes(file(14, Infos([key, offer]).dump()))
        secret_file(folder, name).write_bytes(secret.to_string())


def read_session(folder, line, public, secret=None):
    name, curve, cipher, _ = line.split()
    curve = CURVES[curve]
    secret = secret or ecdsa.SigningKey.from_string(secret_file(folder, name).read_bytes(), curve)
    public = ecdsa.VerifyingKey.from_string(public, curve, valid_encodings=("uncompressed",))
    return Session(cipher, curve, secret, public)


def answer(folder, _now):
    """Each chip agrees with the terminal's `<name>.public` and answers its `<name>.command`."""
    for line in (folder / "cases").read_text().splitlines():
        name = line.split()[0]
        session = read_session(folder, line, (folder / f"{name}.public").read_bytes())
        genuine = session.command() == (folder / f"{name}.command").read_bytes()
        print(name, "genuine" if genuine else "refused: a command")
        (folder / f"{name}.response").write_bytes(session.response(b"\x60\x16\x5f\x01"))


def chip_point(dg14, cipher):
    """The public key of a chip whose data group 14 offers that cipher."""
    infos = [i.dump() for i in Infos.load(content_of(dg14, 14), strict=True)]
    kinds = {core.Sequence.load(one)[0].native: one for one in infos}
    require(AGREEMENTS[cipher] in kinds, "another offer")
    key = ChipKeyInfo.load(kinds[PUBLIC_KEY])["key"]
    return public_of(key).to_string("uncompressed")


def send(folder, _now):
    """As a terminal: a fresh key and a protected command for each chip's `<name>.dg14`."""
    for line in (folder / "cases").read_text().splitlines():
        name, curve, cipher, _ = line.split()
        secret = ecdsa.SigningKey.generate(curve=CURVES[curve])
        point = chip_point((folder / f"{name}.dg14").read_bytes(), cipher)
        session = read_session(folder, line, point, secret)
        (folder / f"{name}.public").write_bytes(secret.verifying_key.to_string("uncompressed"))
        (folder / f"{name}.command").write_bytes(session.command())
        secret_file(folder, name).write_bytes(secret.to_string())


def check_responses(folder, _now):
    """Says of each chip whether its `<name>.response` is under the agreed keys."""
    for line in (folder / "cases").read_text().splitlines():
        name, _, cipher, _ = line.split()
        point = chip_point((folder / f"{name}.dg14").read_bytes(), cipher)
        session = read_session(folder, line, point)
        response = (folder / f"{name}.response").read_bytes()
        say(name, lambda: require(session.open(response) == b"\x60\x16\x5f\x01", "data"))

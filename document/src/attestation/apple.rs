//! Apple's App Attest ("Validating apps that connect to your server", "Attestation object validation
//! guide").

use der::asn1::{ObjectIdentifier, OctetStringRef};
use minicbor::Decoder;
use openssl::sha::{Sha256, sha256};

use super::chain::{self, Roots, Terms};
use super::{Attested, Expected, Keeper, Refusal};
use crate::algorithm::explicit;
use crate::asn1::{Malformed, read, sequence};

/// The extension with the nonce the attested key was certified for.
pub(super) const NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113635.100.8.2");

/// Longest attestation object, in bytes: Apple's own example has 5,906.
const LONGEST_OBJECT: usize = 32_768;
/// Most certificates of an object.
const MOST_CERTIFICATES: u64 = 6;

/// What App Attest calls its two environments (`aaguid`).
pub(super) const PRODUCTION: &[u8; 16] = b"appattest\0\0\0\0\0\0\0";
pub(super) const DEVELOPMENT: &[u8; 16] = b"appattestdevelop";

/// `AT`: the data about the attested key are there (`WebAuthn` Level 2 §6.1).
const ATTESTED: u8 = 0x40;

/// Checks an attestation object and the key's id that came with it.
pub(super) fn verify(
    (object, key_id): (&[u8], &[u8]),
    expected: &Expected<'_>,
    client_data_hash: &[u8],
    roots: &Roots,
) -> Result<Attested, Refusal> {
    if object.len() > LONGEST_OBJECT {
        return Err(Refusal::Malformed);
    }
    let object = Object::read(object).map_err(|_| Refusal::Malformed)?;
    let data = KeyData::read(object.key_data).ok_or(Refusal::Malformed)?;
    let chain = chain::read(&object.chain)?;
    let terms = Terms { now: expected.now, known: &[NONCE], issuers_outlive: false };
    chain::verify(&chain, &terms, roots)?;
    let leaf = chain.first().ok_or(Refusal::ChainSize)?;
    let stated = leaf.extension(NONCE).ok_or(Refusal::StatementMissing)?;
    let stated = nonce(stated).map_err(|_| Refusal::Malformed)?;
    let mut hasher = Sha256::new();
    hasher.update(object.key_data);
    hasher.update(client_data_hash);
    if stated != hasher.finish() {
        return Err(Refusal::Challenge);
    }
    let fingerprint = sha256(&chain::point(leaf)?);
    if key_id != fingerprint || *data.key_id != fingerprint {
        return Err(Refusal::Key);
    }
    let (app, development) = data.app(expected)?;
    let serials = chain::serials(&chain);
    Ok(Attested { keeper: Keeper::SecureEnclave, app, development, serials })
}

/// `SEQUENCE { [1] { OCTET STRING } }`
fn nonce(value: &[u8]) -> Result<&[u8], Malformed> {
    sequence(value, |reader| {
        let nonce = explicit(reader, 1)?.ok_or(Malformed)?;
        Ok(read::<&OctetStringRef>(nonce)?.as_bytes())
    })
}

/// The attestation object. Its receipt is for Apple's fraud assessment; no signature checked here
/// covers it, so it is passed over.
struct Object<'a> {
    chain: Vec<&'a [u8]>,
    /// The authenticator data.
    key_data: &'a [u8],
}

impl<'a> Object<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut decoder = Decoder::new(bytes);
        let (mut format, mut statement, mut key_data) = (None, None, None);
        for _ in 0..entries(&mut decoder)? {
            match text(&mut decoder)? {
                "fmt" => once(&mut format, text(&mut decoder)?)?,
                "attStmt" => once(&mut statement, certificates(&mut decoder)?)?,
                "authData" => once(&mut key_data, octets(&mut decoder)?)?,
                _ => return Err(Malformed),
            }
        }
        if decoder.position() != bytes.len() || format != Some("apple-appattest") {
            return Err(Malformed);
        }
        let (chain, key_data) = statement.zip(key_data).ok_or(Malformed)?;
        Ok(Self { chain, key_data })
    }
}

/// The certificates of an `attStmt`.
fn certificates<'a>(decoder: &mut Decoder<'a>) -> Result<Vec<&'a [u8]>, Malformed> {
    let (mut chain, mut receipt) = (None, None);
    for _ in 0..entries(decoder)? {
        match text(decoder)? {
            "x5c" => once(&mut chain, list(decoder)?)?,
            "receipt" => once(&mut receipt, octets(decoder)?)?,
            _ => return Err(Malformed),
        }
    }
    chain.zip(receipt).map(|(chain, _)| chain).ok_or(Malformed)
}

fn list<'a>(decoder: &mut Decoder<'a>) -> Result<Vec<&'a [u8]>, Malformed> {
    let count = decoder.array().ok().flatten().ok_or(Malformed)?;
    if count > MOST_CERTIFICATES {
        return Err(Malformed);
    }
    (0..count).map(|_| octets(decoder)).collect()
}

/// How many entries the map has that is next: more than are known end in a refusal.
fn entries(decoder: &mut Decoder<'_>) -> Result<u64, Malformed> {
    decoder.map().ok().flatten().ok_or(Malformed)
}

fn text<'a>(decoder: &mut Decoder<'a>) -> Result<&'a str, Malformed> {
    decoder.str().map_err(|_| Malformed)
}

fn octets<'a>(decoder: &mut Decoder<'a>) -> Result<&'a [u8], Malformed> {
    decoder.bytes().map_err(|_| Malformed)
}

fn once<T>(slot: &mut Option<T>, value: T) -> Result<(), Malformed> {
    slot.replace(value).is_none().then_some(()).ok_or(Malformed)
}

/// The authenticator data up to the key's id. The key and the extensions that follow say nothing
/// that counts here; the nonce covers them.
struct KeyData<'a> {
    app: &'a [u8; 32],
    counter: u32,
    environment: &'a [u8; 16],
    key_id: &'a [u8; 32],
}

impl<'a> KeyData<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (app, rest) = bytes.split_first_chunk()?;
        let ([flags], rest) = rest.split_first_chunk()?;
        let (counter, rest) = rest.split_first_chunk()?;
        let (environment, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (key_id, _) = rest.split_first_chunk()?;
        let fits = flags & ATTESTED != 0 && u16::from_be_bytes(*length) == 32;
        fits.then_some(Self { app, counter: u32::from_be_bytes(*counter), environment, key_id })
    }

    /// Which of the apps it is for, and whether in development.
    fn app(&self, expected: &Expected<'_>) -> Result<(String, bool), Refusal> {
        let mut apps = expected.apps.apple.iter();
        let app = apps.find(|app| sha256(app.as_bytes()) == *self.app).ok_or(Refusal::App)?;
        if self.counter != 0 {
            return Err(Refusal::Counter);
        }
        match self.environment {
            PRODUCTION => Ok((app.clone(), false)),
            DEVELOPMENT if expected.apps.allow_apple_development => Ok((app.clone(), true)),
            _ => Err(Refusal::Environment),
        }
    }
}

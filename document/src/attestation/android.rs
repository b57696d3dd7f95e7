//! Android's Key Attestation (source.android.com, "Key and ID attestation"; developer.android.com,
//! "Verify hardware-backed key pairs with key attestation").

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Reader, SliceReader, Tag};

use super::chain::{self, Roots, Terms};
use super::{AndroidApp, Attested, Expected, Keeper, Refusal};
use crate::asn1::{Malformed, elements, optional, read, sequence};
use crate::certificate::Certificate;

/// The extension that describes the attested key.
pub(super) const KEY_DESCRIPTION: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11129.2.1.17");
/// The extension of certificates that phones fetch, instead of having them from the factory.
pub(super) const PROVISIONING: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11129.2.1.30");

/// A year, in seconds.
const YEAR: i64 = 31_536_000;

/// Most entries of an authorization list: the schema has about 60.
const MOST_AUTHORIZATIONS: usize = 96;
/// Most packages that share a user id, and most digests.
const MOST_NAMES: usize = 32;

// Tags of an authorization list, and the values that are asked for.
const PURPOSE: u32 = 1;
const ALGORITHM: u32 = 2;
const ORIGIN: u32 = 702;
const ROOT_OF_TRUST: u32 = 704;
const APPLICATION: u32 = 709;
const SIGN: u8 = 2;
const EC: u8 = 3;
const GENERATED: u8 = 0;

/// Checks a chain, leaf first.
///
/// The leaf has to be valid now. A phone whose certificates are from the factory keeps them for
/// life, and they and the root above them may have expired: an expired phone is not a cloned one.
/// A phone that fetches its certificates has fresh ones, so that there everything has to be valid.
pub(super) fn verify(
    chain: &[&[u8]],
    expected: &Expected<'_>,
    roots: &Roots,
) -> Result<Attested, Refusal> {
    let chain = chain::read(chain)?;
    let (leaf, issuers) = chain.split_first().ok_or(Refusal::ChainSize)?;
    let terms = Terms {
        now: expected.now,
        known: &[KEY_DESCRIPTION, PROVISIONING],
        issuers_outlive: !issuers.iter().any(is_fetched),
    };
    chain::verify(&chain, &terms, roots)?;
    // Whoever holds an attested key can sign with it what looks like a certificate.
    if issuers.iter().any(|issuer| issuer.extension(KEY_DESCRIPTION).is_some()) {
        return Err(Refusal::StatementMisplaced);
    }
    let description = leaf.extension(KEY_DESCRIPTION).ok_or(Refusal::StatementMissing)?;
    let description = KeyDescription::read(description).map_err(|_| Refusal::Malformed)?;
    if description.challenge != expected.challenge {
        return Err(Refusal::Challenge);
    }
    if chain::point(leaf)? != expected.device_public_key {
        return Err(Refusal::Key);
    }
    let keeper = description.keeper()?;
    description.check_key()?;
    description.check_boot()?;
    let app = description.app(&expected.apps.android)?.package.clone();
    Ok(Attested { keeper, app, development: false, serials: chain::serials(&chain) })
}

/// Whether phones fetch certificates of that kind. Not all that they fetch have the extension; those
/// from the factory are valid for ten years.
fn is_fetched(issuer: &Certificate<'_>) -> bool {
    issuer.extension(PROVISIONING).is_some() || issuer.not_after - issuer.not_before < YEAR
}

/// `KeyDescription`, as far as it counts.
struct KeyDescription<'a> {
    /// Where the statement was made, and where the key is: the lesser is what counts.
    levels: [u8; 2],
    challenge: &'a [u8],
    software: Authorizations<'a>,
    hardware: Authorizations<'a>,
}

/// `AuthorizationList`: the content of each entry by its tag. Some phones do not order them.
struct Authorizations<'a>(Vec<(u32, &'a [u8])>);

/// `RootOfTrust`, without key and hash of what was started.
struct Boot {
    locked: bool,
    state: u8,
}

impl<'a> KeyDescription<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        sequence(bytes, |reader| {
            let mut levels = [0; 2];
            for level in &mut levels {
                // The version of the schema or the interface comes first; all list entries that
                // count have had their tags from the first version on.
                reader.decode::<u32>()?;
                *level = enumerated(reader)?;
            }
            let challenge = reader.decode::<&OctetStringRef>()?.as_bytes();
            let _unique_id = reader.decode::<&OctetStringRef>()?;
            let software = Authorizations::read(reader)?;
            let hardware = Authorizations::read(reader)?;
            Ok(Self { levels, challenge, software, hardware })
        })
    }

    fn keeper(&self) -> Result<Keeper, Refusal> {
        match self.levels {
            [2, 2] => Ok(Keeper::StrongBox),
            [1 | 2, 1 | 2] => Ok(Keeper::TrustedEnvironment),
            [0..=2, 0..=2] => Err(Refusal::SecurityLevel),
            _ => Err(Refusal::Malformed),
        }
    }

    /// Whether hardware made the key and holds it to signing.
    fn check_key(&self) -> Result<(), Refusal> {
        let malformed = |_| Refusal::Malformed;
        let signs = self.hardware.holds(PURPOSE, SIGN).map_err(malformed)?;
        let algorithm: Option<u8> = self.hardware.get(ALGORITHM).map_err(malformed)?;
        if !signs || algorithm != Some(EC) {
            return Err(Refusal::KeyUse);
        }
        let origin: Option<u8> = self.hardware.get(ORIGIN).map_err(malformed)?;
        (origin == Some(GENERATED)).then_some(()).ok_or(Refusal::KeyOrigin)
    }

    /// Whether the phone was started from its maker's software and takes no other.
    fn check_boot(&self) -> Result<(), Refusal> {
        let boot = self.hardware.content(ROOT_OF_TRUST).ok_or(Refusal::BootUnknown)?;
        match Boot::read(boot).map_err(|_| Refusal::Malformed)? {
            Boot { locked: false, .. } => Err(Refusal::BootUnlocked),
            Boot { state: 0, .. } => Ok(()),
            Boot { state: 1..=3, .. } => Err(Refusal::BootUnverified),
            Boot { .. } => Err(Refusal::Malformed),
        }
    }

    /// Which of `apps` asked. Android says so, and Android is what was started.
    fn app<'b>(&self, apps: &'b [AndroidApp]) -> Result<&'b AndroidApp, Refusal> {
        let bytes: Option<&OctetStringRef> =
            self.software.get(APPLICATION).map_err(|_| Refusal::Malformed)?;
        let id = bytes.ok_or(Refusal::App)?.as_bytes();
        let asking = Application::read(id).map_err(|_| Refusal::Malformed)?;
        apps.iter().find(|app| asking.is(app)).ok_or(Refusal::App)
    }
}

/// The value of the ENUMERATED that is next.
fn enumerated(reader: &mut SliceReader<'_>) -> Result<u8, Malformed> {
    match optional(reader, Tag::Enumerated)? {
        Some([value]) => Ok(*value),
        _ => Err(Malformed),
    }
}

impl<'a> Authorizations<'a> {
    fn read(reader: &mut SliceReader<'a>) -> Result<Self, Malformed> {
        let content = optional(reader, Tag::Sequence)?.ok_or(Malformed)?;
        let mut list = Self(Vec::new());
        for entry in elements(content) {
            let entry: AnyRef<'a> = read(entry?)?;
            let Tag::ContextSpecific { constructed: true, number } = entry.header().tag() else {
                return Err(Malformed);
            };
            if list.0.len() == MOST_AUTHORIZATIONS || list.content(number.0).is_some() {
                return Err(Malformed);
            }
            list.0.push((number.0, entry.value()));
        }
        Ok(list)
    }

    fn content(&self, tag: u32) -> Option<&'a [u8]> {
        self.0.iter().find(|(other, _)| *other == tag).map(|(_, content)| *content)
    }

    fn get<T: Decode<'a, Error = der::Error>>(&self, tag: u32) -> Result<Option<T>, Malformed> {
        self.content(tag).map(read).transpose()
    }

    /// Whether that SET OF INTEGER holds `wanted`.
    fn holds(&self, tag: u32, wanted: u8) -> Result<bool, Malformed> {
        let Some(content) = self.content(tag) else { return Ok(false) };
        let mut found = false;
        for number in elements(set(read(content)?)?) {
            found |= read::<u32>(number?)? == u32::from(wanted);
        }
        Ok(found)
    }
}

impl Boot {
    fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        sequence(bytes, |reader| {
            reader.decode::<&OctetStringRef>()?;
            let locked = reader.decode()?;
            let state = enumerated(reader)?;
            // Version 3 of the schema added the hash.
            reader.decode::<Option<&OctetStringRef>>()?;
            Ok(Self { locked, state })
        })
    }
}

/// The content of a SET.
fn set(element: AnyRef<'_>) -> Result<&[u8], Malformed> {
    (element.header().tag() == Tag::Set).then(|| element.value()).ok_or(Malformed)
}

/// `AttestationApplicationId`: names of packages, and digests of what they are signed with.
struct Application<'a> {
    packages: Vec<&'a [u8]>,
    digests: Vec<&'a [u8]>,
}

impl<'a> Application<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        sequence(bytes, |reader| {
            let packages = listed(reader, |package| {
                sequence(package, |package| {
                    let name = package.decode::<&OctetStringRef>()?.as_bytes();
                    package.decode::<u64>()?;
                    Ok(name)
                })
            })?;
            let digests = listed(reader, |digest| Ok(read::<&OctetStringRef>(digest)?.as_bytes()))?;
            Ok(Self { packages, digests })
        })
    }

    /// Whether it is that app.
    fn is(&self, app: &AndroidApp) -> bool {
        self.packages.contains(&app.package.as_bytes())
            && self.digests.contains(&&app.signing_digest[..])
    }
}

/// What `read` finds in each element of the SET that is next.
fn listed<'a>(
    reader: &mut SliceReader<'a>,
    read: impl Fn(&'a [u8]) -> Result<&'a [u8], Malformed>,
) -> Result<Vec<&'a [u8]>, Malformed> {
    let mut list = Vec::new();
    for element in elements(set(AnyRef::decode(reader)?)?) {
        if list.len() == MOST_NAMES {
            return Err(Malformed);
        }
        list.push(read(element?)?);
    }
    Ok(list)
}

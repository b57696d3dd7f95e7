//! EF.SOD and the LDS security object in it (9303-10 §4.6.2).

use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{Reader, Sequence, Tag};

use crate::algorithm::Digest;
use crate::asn1::{AlgorithmIdentifier, Malformed, elements, optional, read, sequence};
use crate::cms::SignedData;
use crate::failure::Rule;

/// `id-icao-mrtd-security-ldsSecurityObject`.
pub(crate) const SECURITY_OBJECT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.1");

/// Most data groups of an application: 9303-10 §4.6.2.3 (`ub-DataGroups`).
const MOST_GROUPS: usize = 16;

/// The LDS security object: the hash of every data group the chip holds.
#[derive(Debug)]
pub(crate) struct SecurityObject<'a> {
    pub digest: Digest,
    groups: Vec<(u8, &'a [u8])>,
}

/// `DataGroupHash`.
#[derive(Sequence)]
struct GroupHash<'a> {
    number: u8,
    value: &'a OctetStringRef,
}

/// Takes the signed data out of EF.SOD.
pub(crate) fn open(file: &[u8]) -> Result<SignedData<'_>, Rule> {
    let content = crate::tlv::data_group(file, 0x77).map_err(|_| Rule::SodMalformed)?;
    let data = SignedData::read(content).map_err(|_| Rule::SodMalformed)?;
    if data.content_type != SECURITY_OBJECT {
        return Err(Rule::SodContentType);
    }
    Ok(data)
}

impl<'a> SecurityObject<'a> {
    /// Reads the signed content of EF.SOD.
    pub fn read(content: &'a [u8]) -> Result<Self, Rule> {
        let (version, algorithm, hashes) = sequence(content, |reader| {
            let version: u8 = reader.decode()?;
            let algorithm: AlgorithmIdentifier<'a> = reader.decode()?;
            let hashes = optional(reader, Tag::Sequence)?.ok_or(Malformed)?;
            if version == 1 {
                // LDS and Unicode versions: two printable strings.
                reader.sequence(|versions| {
                    versions.decode::<der::asn1::PrintableStringRef<'_>>()?;
                    versions.decode::<der::asn1::PrintableStringRef<'_>>()?;
                    Ok::<_, Malformed>(())
                })?;
            }
            Ok((version, algorithm, hashes))
        })
        .map_err(|_| Rule::SecurityObject)?;
        if version > 1 {
            return Err(Rule::SecurityObject);
        }
        let digest = Digest::of(&algorithm).ok_or(Rule::SodAlgorithm)?;
        let groups = groups(hashes, digest).map_err(|_| Rule::SecurityObject)?;
        Ok(Self { digest, groups })
    }

    /// The hash of data group `number`, where the chip holds it.
    pub fn hash(&self, number: u8) -> Option<&'a [u8]> {
        self.groups.iter().find(|(known, _)| *known == number).map(|(_, hash)| *hash)
    }
}

fn groups(hashes: &[u8], digest: Digest) -> Result<Vec<(u8, &[u8])>, Malformed> {
    let mut groups: Vec<(u8, &[u8])> = Vec::with_capacity(MOST_GROUPS);
    for group in elements(hashes) {
        let GroupHash { number, value } = read(group?)?;
        let known = groups.iter().any(|(other, _)| *other == number);
        if known || !(1..=16).contains(&number) || value.as_bytes().len() != digest.size() {
            return Err(Malformed);
        }
        groups.push((number, value.as_bytes()));
    }
    (!groups.is_empty()).then_some(groups).ok_or(Malformed)
}

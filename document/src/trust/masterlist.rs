//! ICAO master lists: certificates of authorities, signed by a country (9303-12 §9).

use der::asn1::ObjectIdentifier;
use der::{Reader, Tag};

use crate::asn1::{Malformed, elements, optional, sequence};
use crate::certificate::Certificate;
use crate::cms::SignedData;

/// `id-icao-cscaMasterList`
const MASTER_LIST: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.2");

/// A master list that was read but whose signer was not checked yet.
pub(super) struct MasterList<'a> {
    data: SignedData<'a>,
    /// The certificates it holds, as encoded.
    pub certificates: Vec<&'a [u8]>,
}

impl<'a> MasterList<'a> {
    /// Reads one list, and nothing after it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let data = SignedData::read(bytes)?;
        if data.content_type != MASTER_LIST {
            return Err(Malformed);
        }
        let certificates = sequence(data.content, |reader| {
            if reader.decode::<u8>()? != 0 {
                return Err(Malformed);
            }
            let set = optional(reader, Tag::Set)?.ok_or(Malformed)?;
            elements(set).collect()
        })?;
        Ok(Self { data, certificates })
    }

    /// The signer's certificate, if the list's signature is its, and it may sign lists.
    pub fn signer(&self) -> Option<Certificate<'_>> {
        let signer = self.data.signer_certificate(std::iter::empty()).ok()??;
        let key = signer.key().ok()?;
        let content = (self.data.content_type, self.data.content);
        let verified = self.data.signer.verify(&key, content).is_ok();
        (verified && signer.is_master_list_signer()).then_some(signer)
    }

    /// When it says it was signed.
    pub fn signing_time(&self) -> Option<i64> {
        self.data.signer.signing_time().ok().flatten()
    }
}

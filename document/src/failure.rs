//! Which rule evidence broke, and what the device is told of it.

/// What the device is told: one word for all rules of a kind (`spec.md` §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// `document_authenticity_failed`
    Authenticity,
    /// `document_active_authentication_failed`
    ActiveAuthentication,
    /// `document_chip_authentication_failed`
    ChipAuthentication,
    /// `document_anti_cloning_attestation_failed`
    AntiCloning,
    /// `document_data_invalid`
    Data,
}

/// An enum each of whose members has a stable code of its own, for the audit trail.
macro_rules! coded {
    ($(#[$about:meta])* $name:ident: $($(#[$doc:meta])* $member:ident = $code:literal,)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $member,)* }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$member,)*];

            /// The stable code of the audit trail.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$member => $code,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::error::Error for $name {}
    };
}
pub(crate) use coded;

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $code:literal => $failure:ident,)*) => {
        coded! {
            /// The rule that was broken: for the audit trail, never for the device.
            Rule: $($(#[$doc])* $rule = $code,)*
        }

        impl Rule {
            /// What the device is told.
            pub fn failure(self) -> Failure {
                match self { $(Self::$rule => Failure::$failure,)* }
            }
        }
    };
}

rules! {
    /// EF.SOD is not what 9303-10 §4.6.2 says, or not strict DER.
    SodMalformed = "sod_malformed" => Authenticity,
    /// EF.SOD is signed or hashed in a way that is not known here.
    SodAlgorithm = "sod_algorithm" => Authenticity,
    /// EF.SOD is signed or hashed in a way that the policy does not allow.
    SodAlgorithmForbidden = "sod_algorithm_forbidden" => Authenticity,
    /// The signed attributes do not name the content's type (RFC 5652 §11.1).
    SodContentType = "sod_content_type" => Authenticity,
    /// The signed attributes hold another digest than the content's (RFC 5652 §11.2).
    SodMessageDigest = "sod_message_digest" => Authenticity,
    /// The document signer's signature does not verify.
    SodSignature = "sod_signature" => Authenticity,
    /// No certificate is there for the signer that EF.SOD names.
    SignerMissing = "signer_missing" => Authenticity,
    /// The LDS security object is not what 9303-10 §4.6.2.3 says.
    SecurityObject = "security_object" => Authenticity,
    /// A data group was sent that EF.SOD does not list.
    DataGroupUnlisted = "data_group_unlisted" => Authenticity,
    /// A data group has another hash than EF.SOD lists.
    DataGroupHash = "data_group_hash" => Authenticity,
    /// A certificate is not what 9303-12 §7.1 says, or not strict DER.
    CertificateMalformed = "certificate_malformed" => Authenticity,
    /// A certificate's key or signature is of a kind that is not known here.
    CertificateAlgorithm = "certificate_algorithm" => Authenticity,
    /// A certificate is signed in a way that the policy does not allow.
    CertificateAlgorithmForbidden = "certificate_algorithm_forbidden" => Authenticity,
    /// A certificate has a critical extension that is not known here (RFC 5280 §4.2).
    CertificateExtension = "certificate_extension" => Authenticity,
    /// A certificate may not be used for this (key usage, basic constraints).
    CertificateUsage = "certificate_usage" => Authenticity,
    /// A certificate was not valid when it had to be.
    CertificateValidity = "certificate_validity" => Authenticity,
    /// A certificate's signature does not verify under its issuer's key.
    CertificateSignature = "certificate_signature" => Authenticity,
    /// No trusted CSCA issued the document signer's certificate.
    IssuerUnknown = "issuer_unknown" => Authenticity,
    /// The document signer's or a link certificate was revoked.
    CertificateRevoked = "certificate_revoked" => Authenticity,
    /// The policy asks for a fresh revocation list and there is none.
    RevocationUnknown = "revocation_unknown" => Authenticity,
    /// The country of the document is not that of its signer (9303-12 §7.1.1).
    CountryMismatch = "country_mismatch" => Authenticity,

    /// EF.SOD lists a data group that the chip check needs and that was not sent.
    DataGroupWithheld = "data_group_withheld" => AntiCloning,
    /// The device's signature over the upload is missing or wrong.
    Assertion = "assertion" => AntiCloning,

    /// The chip can prove itself actively and was not asked to.
    ActiveMissing = "active_missing" => ActiveAuthentication,
    /// The chip's answer does not verify under the key of data group 15.
    ActiveSignature = "active_signature" => ActiveAuthentication,
    /// The key of data group 15 or its use is of a kind that is not known here.
    ActiveAlgorithm = "active_algorithm" => ActiveAuthentication,

    /// The chip can agree on keys with this server and was not asked to.
    ChipMissing = "chip_missing" => ChipAuthentication,
    /// The exchange was not begun by this server for this session, attempt and chip.
    ChipExchange = "chip_exchange" => ChipAuthentication,
    /// The chip's answer carries no MAC under the agreed keys.
    ChipMac = "chip_mac" => ChipAuthentication,
    /// The keys of data group 14 or their use are of a kind that is not known here.
    ChipAlgorithm = "chip_algorithm" => ChipAuthentication,

    /// Data group 1 is not what 9303-10 §4.7.1 says.
    Dg1Malformed = "dg1_malformed" => Data,
    /// A check digit of the machine readable zone is wrong (9303-3 §4.9).
    CheckDigit = "check_digit" => Data,
    /// A date of the machine readable zone does not exist.
    MrzDate = "mrz_date" => Data,
    /// The document has expired.
    DocumentExpired = "document_expired" => Data,
    /// Data group 2 holds no face image (9303-10 §4.7.2).
    Dg2Malformed = "dg2_malformed" => Data,
    /// Data group 14 is not what 9303-10 §4.7.14 says.
    Dg14Malformed = "dg14_malformed" => Data,
    /// Data group 15 is not what 9303-10 §4.7.15 says.
    Dg15Malformed = "dg15_malformed" => Data,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_code_of_its_own() {
        let codes: std::collections::HashSet<_> = Rule::ALL.iter().map(|r| r.as_str()).collect();
        assert_eq!(codes.len(), Rule::ALL.len());
    }
}

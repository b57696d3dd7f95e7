//! Bodies of the public side.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_app::view::{BudgetView, SessionView, TriesView};
use kayle_document::active;
use kayle_domain::session::Consent;
use kayle_domain::{Check, ClaimKey, Session, SessionId, Timestamp, Tries};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::schema;
use crate::check::attestation::Given;
use crate::engine::Engine;
use crate::error::Error;
use crate::service::credentials::{self, Credential};
use crate::service::verify::{Hello, Offer, Right};
use crate::store::sessions::Short;

/// What anyone who knows the id may read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)] // so that the document tells it from the whole view
pub struct ShortStatus {
    session_id: String,
    status: &'static str,
    is_terminal: bool,
    same_device_only: bool,
}

/// What `status` answers: the short form, or with a credential the whole SessionView.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum StatusAnswer {
    /// To whoever knows the id.
    Short(ShortStatus),
    /// To the session's page or device.
    Whole(Box<SessionView>),
}

impl ShortStatus {
    /// The short form of a session's status.
    pub fn new(id: &SessionId, short: &Short) -> Self {
        let is_terminal = short.status.is_terminal();
        Self {
            session_id: id.as_str().to_owned(),
            status: short.status.as_str(),
            is_terminal,
            same_device_only: short.bound && !is_terminal,
        }
    }
}

/// What the user agrees to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentRequest {
    /// Every required field, and the optional ones the user chose.
    pub selected_field_keys: Vec<String>,
    /// Must be true.
    #[schema(schema_with = schema::only_true)]
    pub biometric_consent: bool,
}

/// A recorded consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentAnswer {
    consent_id: String,
    #[schema(value_type = String, format = DateTime)]
    consented_at: Timestamp,
    contract_hash: String,
    #[schema(value_type = Vec<String>)]
    selected_field_keys: Vec<ClaimKey>,
    page_credential: String,
}

impl ConsentAnswer {
    /// The answer to a consent.
    pub fn new(consent: &Consent, page_credential: String) -> Self {
        Self {
            consent_id: consent.id.as_str().to_owned(),
            consented_at: consent.at,
            contract_hash: consent.contract_hash.clone(),
            selected_field_keys: consent.selected.clone(),
            page_credential,
        }
    }
}

/// What a phone needs to take over.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoffAnswer {
    v: u8,
    session_id: String,
    mobile_write_token: String,
    link: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl HandoffAnswer {
    /// The answer to a hand-off.
    pub fn new(id: &SessionId, offer: Offer) -> Self {
        Self {
            v: 1,
            session_id: id.as_str().to_owned(),
            mobile_write_token: offer.token,
            link: offer.link,
            expires_at: offer.expires_at,
        }
    }
}

/// What a phone says first.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelloRequest {
    /// From the hand-off link.
    mobile_write_token: String,
    /// Chosen by the device, 1–100 visible ASCII characters.
    #[schema(pattern = "^[!-~]{1,100}$")]
    device_id: String,
    /// P-256 point, SEC1, base64url without padding.
    device_public_key: String,
    /// The app's version, 1–100 visible ASCII characters.
    #[schema(pattern = "^[!-~]{1,100}$")]
    app_version: String,
    /// ECDSA with SHA-256 over `kayle-hello-v1\n{session}\n{token}\n{device_id}\n`, base64url.
    signature: String,
    /// That key and app are genuine, where the server asks for it.
    #[serde(default)]
    attestation: Option<AttestationRequest>,
}

/// A vendor's statement; binary values are base64url without padding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "format", rename_all = "kebab-case", deny_unknown_fields)]
pub enum AttestationRequest {
    /// Apple App Attest.
    AppleAppAttest {
        /// The attestation object (CBOR).
        attestation_object: String,
        /// The id of the attested key.
        key_id: String,
    },
    /// Android Key Attestation.
    AndroidKeyAttestation {
        /// DER certificates, the device key's first.
        #[schema(max_items = 6)]
        certificate_chain: Vec<String>,
    },
}

impl AttestationRequest {
    fn given(self) -> Result<Given, Error> {
        let bytes = |name: &str, text: &str| {
            let wrong = || format!("attestation.{name} must be base64url without padding");
            URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::invalid(wrong()))
        };
        match self {
            Self::AppleAppAttest { attestation_object, key_id } => Ok(Given::Apple {
                object: bytes("attestation_object", &attestation_object)?,
                key_id: bytes("key_id", &key_id)?,
            }),
            Self::AndroidKeyAttestation { certificate_chain } => {
                let read = |text: &String| bytes("certificate_chain", text);
                certificate_chain.iter().map(read).collect::<Result<_, _>>().map(Given::Android)
            }
        }
    }
}

impl HelloRequest {
    /// The hello, if its texts have the documented form.
    pub fn checked(self) -> Result<Hello, Error> {
        for (name, text) in [("device_id", &self.device_id), ("app_version", &self.app_version)] {
            let printable = text.bytes().all(|b| b.is_ascii_graphic());
            if text.is_empty() || text.len() > 100 || !printable {
                return Err(Error::invalid(format!(
                    "{name} must be 1 to 100 printable ASCII characters"
                )));
            }
        }
        Ok(Hello {
            token: self.mobile_write_token,
            device_id: self.device_id,
            public_key: self.device_public_key,
            signature: self.signature,
            attestation: self.attestation.map(AttestationRequest::given).transpose()?,
        })
    }
}

/// What the phone shows and signs.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelloAnswer {
    device_credential: String,
    confirmation_code: String,
    consent: HelloConsent,
    challenge: String,
    /// 16 hexadecimal digits: what the chip signs (active authentication).
    chip_challenge: String,
    tries: TriesView,
}

/// The consent the phone shows again.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelloConsent {
    id: String,
    contract_hash: String,
    #[schema(value_type = Vec<String>)]
    selected_field_keys: Vec<ClaimKey>,
    /// Each selected field's reason.
    reasons: BTreeMap<String, String>,
}

impl HelloAnswer {
    /// The answer to the bound phone.
    pub fn new(engine: &Engine, session: &Session) -> Result<Self, Error> {
        let consent = session.consent.as_ref();
        let consent = consent.ok_or_else(|| Error::internal("a phone without a consent"))?;
        let chosen = session.terms.contract.fields().iter();
        let chosen = chosen.filter(|(key, _)| consent.selected.contains(key));
        let challenge = credentials::challenge(engine, &session.id, session.epoch);
        Ok(Self {
            chip_challenge: hex::encode(active::challenge(session.id.as_str(), &challenge)),
            device_credential: credentials::device(engine, &session.id, session.epoch),
            confirmation_code: credentials::confirmation_code(engine, session),
            consent: HelloConsent {
                id: consent.id.as_str().to_owned(),
                contract_hash: consent.contract_hash.clone(),
                selected_field_keys: consent.selected.clone(),
                reasons: chosen.map(|(key, f)| (key.to_string(), f.reason.clone())).collect(),
            },
            challenge,
            tries: tries(session.tries),
        })
    }
}

/// Failed evaluations, as the wire shows them.
pub fn tries(tries: Tries) -> TriesView {
    let of = |check| BudgetView { used: tries.used(check), remaining: tries.remaining(check) };
    TriesView { nfc: of(Check::Nfc), liveness: of(Check::Liveness) }
}

/// How the user cancels.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CancelRequest {
    /// Of the create response; not needed with a page or device credential.
    #[schema(pattern = "^[a-z0-9]{48}$")]
    cancel_token: Option<String>,
}

impl CancelRequest {
    /// By what right this cancels: by its token, else by the credential that came with it.
    pub fn right(self, who: &Credential) -> Result<Right, Error> {
        match self.cancel_token {
            Some(token) if !credentials::is_cancel_token(&token) => {
                Err(Error::invalid("cancel_token must be 48 characters of a-z and 0-9"))
            }
            Some(token) => Ok(Right::Token(token)),
            None => Ok(Right::Credential(who.clone())),
        }
    }
}

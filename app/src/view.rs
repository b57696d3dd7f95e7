//! What the page knows of a session: the only thing that crosses the wire (`spec.md` §4).

use kayle_domain::{CancelledBy, FailureCode, Status, Step, Timestamp};
use serde::{Deserialize, Serialize};

/// The phone, as the page may show it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DeviceView {
    /// Whether a phone is bound.
    pub connected: bool,
    /// Four digits that page and phone both show.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub confirmation_code: Option<String>,
    /// When the phone last made a request (RFC 3339).
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime, required = true))]
    pub last_seen_at: Option<Timestamp>,
}

/// Failed evaluations of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BudgetView {
    /// How many failed.
    pub used: u8,
    /// How many may still fail.
    pub remaining: u8,
}

/// Failed evaluations per check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TriesView {
    /// Of the chip.
    pub nfc: BudgetView,
    /// Of the face.
    pub liveness: BudgetView,
}

/// The whole state of a session as its own user may see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[expect(clippy::struct_excessive_bools, reason = "the contract's own shape (spec.md §4)")]
pub struct SessionView {
    /// The session's id.
    pub session_id: String,
    /// Counts changes.
    pub version: i64,
    /// Where it stands.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub status: Status,
    /// What the user does next.
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub step: Step,
    /// Whether nothing more can happen.
    pub is_terminal: bool,
    /// From this instant on it is expired (RFC 3339).
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// When it became terminal (RFC 3339).
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime, required = true))]
    pub completed_at: Option<Timestamp>,
    /// Where the user goes now; only when terminal.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub redirect_url: Option<String>,
    /// Whether only the bound phone can continue.
    pub same_device_only: bool,
    /// The phone.
    pub device: DeviceView,
    /// Failed evaluations.
    pub tries: TriesView,
    /// The last evaluation that failed.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, required = true))]
    pub last_failure_code: Option<FailureCode>,
    /// Why it failed.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, required = true))]
    pub failure_code: Option<FailureCode>,
    /// Who cancelled it.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, required = true))]
    pub cancelled_by: Option<CancelledBy>,
    /// Whether the user may still cancel.
    pub can_cancel: bool,
    /// Whether the user may still withdraw.
    pub can_withdraw: bool,
    /// BCP 47 tag the integrator asked the page to start in.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub locale: Option<String>,
}

/// What became of a verdict's deliveries, as far as its user may stop them (`spec.md` §5.3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Aftermath {
    /// Whether there was a verdict that the user took back, wholly or in part.
    pub withdrawn: bool,
    /// Whether the organization was told of it.
    pub reached: bool,
    /// Whether something is still to be told.
    pub waiting: bool,
}

impl Aftermath {
    /// Whether a withdrawal would still change anything.
    pub const fn is_stoppable(self) -> bool {
        !self.withdrawn && (self.waiting || !self.reached)
    }
}

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OrganizationView {
    /// Its name.
    pub name: String,
    /// Its web site.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub website: Option<String>,
    /// Its privacy notice.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub privacy_url: Option<String>,
    /// Its terms.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub terms_url: Option<String>,
    /// Where to ask for help.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub support_email: Option<String>,
    /// Another way, for people who cannot do this.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub fallback_url: Option<String>,
}

/// One claim that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ShareFieldView {
    /// The claim's name, such as `date_of_birth` or `age_over_18`.
    pub key: String,
    /// Whether the session cannot succeed without it.
    pub required: bool,
    /// Why, in the organization's words.
    pub reason: String,
    /// `rc` (asked for) or `default` (added).
    pub source: String,
}

/// What the user reads before agreeing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Details {
    /// Who asks.
    pub organization: OrganizationView,
    /// For what, and why, in contract order.
    pub share_fields: Vec<ShareFieldView>,
    /// The host the user is sent to afterwards.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub redirect_host: Option<String>,
    /// BCP 47 tag the integrator asked the page to start in.
    #[cfg_attr(feature = "ssr", schema(required = true))]
    pub locale: Option<String>,
    /// From this instant on it is expired (RFC 3339).
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}

/// A hand-off link as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HandoffView {
    /// What the phone opens; the token rides in its fragment.
    pub link: String,
    /// The link as a QR code.
    pub qr: QrCode,
    /// When this link stops working.
    pub expires_at: Timestamp,
}

/// A QR code as one SVG path of unit squares.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QrCode {
    /// Modules per side, quiet zone included.
    pub size: u32,
    /// The path's `d`.
    pub path: String,
}

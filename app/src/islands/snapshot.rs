//! The part of a `SessionView` that islands read: without instants, whose parser would be the
//! largest thing in the WebAssembly.

use serde::{Deserialize, Serialize};

use crate::view::TriesView;

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    /// `created`, `in_progress`, …
    pub status: String,
    /// `consent`, `handoff`, `chip`, `face` or `done`.
    pub step: String,
    /// The phone.
    pub device: Phone,
    /// Failed evaluations.
    pub tries: TriesView,
    /// The last evaluation that failed.
    pub last_failure_code: Option<String>,
}

/// The phone, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Phone {
    /// Four digits that page and phone both show.
    pub confirmation_code: Option<String>,
}

#[cfg(feature = "ssr")]
impl From<&crate::view::SessionView> for Snapshot {
    fn from(view: &crate::view::SessionView) -> Self {
        Self {
            status: view.status.as_str().to_owned(),
            step: view.step.as_str().to_owned(),
            device: Phone { confirmation_code: view.device.confirmation_code.clone() },
            tries: view.tries,
            last_failure_code: view.last_failure_code.map(|code| code.as_str().to_owned()),
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use kayle_domain::{FailureCode, Status, Step, Timestamp};

    use super::Snapshot;
    use crate::view::{BudgetView, DeviceView, SessionView, TriesView};

    #[test]
    fn what_the_server_sends_is_what_islands_read() {
        let budget = BudgetView { used: 1, remaining: 2 };
        let view = SessionView {
            session_id: "vs_1".to_owned(),
            version: 1,
            status: Status::InProgress,
            step: Step::Face,
            is_terminal: false,
            expires_at: Timestamp::from_millis(0),
            completed_at: None,
            redirect_url: None,
            same_device_only: true,
            device: DeviceView {
                connected: true,
                confirmation_code: Some("4821".to_owned()),
                last_seen_at: None,
            },
            tries: TriesView { nfc: budget, liveness: budget },
            last_failure_code: Some(FailureCode::LivenessFailed),
            failure_code: None,
            cancelled_by: None,
            can_cancel: true,
            can_withdraw: false,
            locale: None,
        };
        let sent = serde_json::to_string(&view).expect("serialises");
        let read: Snapshot = serde_json::from_str(&sent).expect("is read");
        assert_eq!(read, Snapshot::from(&view));
    }
}

//! The part of a `SessionView` that islands read, picked out of its JSON by the browser's own parser.

use super::props::props;
use crate::browser;

props! {
    /// Where the session stands; what is not there is empty.
    Snapshot {
        /// `created`, `in_progress`, …
        status,
        /// `consent`, `handoff`, `chip`, `face` or `done`.
        step,
        /// Four digits that page and phone both show.
        code,
        /// Chip reads that may still fail, as a digit.
        chip_left,
        /// Looks into the camera that may still fail, as a digit.
        face_left,
        /// The last evaluation that failed.
        failure,
    }
}

/// Where each of them stands in a `SessionView`.
const PLACES: [&str; 6] = [
    "status",
    "step",
    "device.confirmation_code",
    "tries.nfc.remaining",
    "tries.liveness.remaining",
    "last_failure_code",
];

impl Snapshot {
    /// From a `SessionView` as JSON; `None` if it is none.
    pub(crate) fn read(json: &str) -> Option<Self> {
        let list = browser::pick(json, &PLACES)?;
        <[String; PLACES.len()]>::try_from(list).ok().map(Self::from)
    }
}

impl From<&crate::view::SessionView> for Snapshot {
    fn from(view: &crate::view::SessionView) -> Self {
        Self {
            status: view.status.as_str().to_owned(),
            step: view.step.as_str().to_owned(),
            code: view.device.confirmation_code.clone().unwrap_or_default(),
            chip_left: view.tries.nfc.remaining.to_string(),
            face_left: view.tries.liveness.remaining.to_string(),
            failure: view.last_failure_code.map_or("", |code| code.as_str()).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use kayle_domain::{FailureCode, Status, Step, Timestamp};

    use super::Snapshot;
    use crate::view::{BudgetView, DeviceView, SessionView, TriesView};

    fn view() -> SessionView {
        SessionView {
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
            tries: TriesView {
                nfc: BudgetView { used: 1, remaining: 2 },
                liveness: BudgetView { used: 0, remaining: 3 },
            },
            last_failure_code: Some(FailureCode::LivenessFailed),
            failure_code: None,
            cancelled_by: None,
            can_cancel: true,
            can_withdraw: false,
            locale: None,
        }
    }

    #[test]
    fn what_the_server_sends_is_what_islands_read() {
        let mut bare = view();
        bare.device.confirmation_code = None;
        bare.last_failure_code = None;
        for view in [view(), bare] {
            let sent = serde_json::to_string(&view).expect("serialises");
            assert_eq!(Snapshot::read(&sent), Some(Snapshot::from(&view)));
        }
        assert_eq!(Snapshot::read("{"), None);
    }
}

//! The phone's HTTP: requests to one session's public routes, and the answers it reads.

use std::time::Duration;

use kayle_app::view::TriesView;
use kayle_domain::{Check, FailureCode, SessionId, Status};
use reqwest::multipart::Form;
use reqwest::{Client, RequestBuilder, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use crate::webhook::client::tls_config;

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// Why a phone could not go on.
#[derive(Debug, Error)]
pub enum PhoneError {
    /// No answer came.
    #[error("{step}: the server cannot be reached: {cause}")]
    Unreachable {
        /// What was asked.
        step: &'static str,
        /// What went wrong.
        cause: reqwest::Error,
    },
    /// The server said no.
    #[error("{step}: the server answered {status} {code}: {message}")]
    Refused {
        /// What was asked.
        step: &'static str,
        /// The HTTP status.
        status: u16,
        /// The documented code.
        code: String,
        /// The server's own words.
        message: String,
    },
    /// An answer that is not the documented one.
    #[error("{step}: the server's answer is not the documented one")]
    Unreadable {
        /// What was asked.
        step: &'static str,
    },
    /// There is nothing left to do.
    #[error("the session is over: it is {0}")]
    Over(Status),
}

/// What consent answers.
#[derive(Debug, Deserialize)]
pub(super) struct Agreed {
    pub selected_field_keys: Vec<String>,
}

/// What the hand-off answers.
#[derive(Debug, Deserialize)]
pub(super) struct Offer {
    pub mobile_write_token: String,
    pub expires_at: String,
}

/// What hello answers.
#[derive(Debug, Deserialize)]
pub(super) struct Bound {
    pub device_credential: String,
    pub confirmation_code: String,
    pub consent: ConsentGiven,
    pub challenge: String,
    pub chip_challenge: String,
}

/// What an exchange begins with.
#[derive(Debug, Deserialize)]
pub(super) struct Begun {
    pub exchange: String,
    pub public_key: String,
    pub command: String,
}

/// What the user agreed to, as the phone must sign it.
#[derive(Debug, Deserialize)]
pub(super) struct ConsentGiven {
    pub id: String,
    pub contract_hash: String,
}

/// What a check answers.
#[derive(Debug, Deserialize)]
pub(super) struct CheckAnswer {
    pub outcome: String,
    pub failure_code: Option<FailureCode>,
    pub retry_allowed: bool,
    pub tries: TriesView,
    pub receipt: Option<String>,
}

/// One session's routes, with the page's credential.
#[derive(Debug)]
pub(super) struct Wire {
    http: Client,
    root: String,
    page: String,
}

impl Wire {
    pub fn new(base: &str, id: &SessionId, page: String) -> Result<Self, PhoneError> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .tls_backend_preconfigured(tls_config(&[]))
            .timeout(PATIENCE)
            .build()
            .map_err(|cause| PhoneError::Unreachable { step: "start", cause })?;
        let root = format!("{}/v1/verify/session/{id}", base.trim_end_matches('/'));
        Ok(Self { http, root, page })
    }

    pub async fn get<T: DeserializeOwned>(&self, route: &'static str) -> Result<T, PhoneError> {
        let request = self.http.get(format!("{}/{route}", self.root));
        self.send(route, request, &format!("Page {}", self.page)).await
    }

    pub async fn post<T: DeserializeOwned>(
        &self,
        route: &'static str,
        body: &Value,
    ) -> Result<T, PhoneError> {
        let request = self.http.post(format!("{}/{route}", self.root)).json(body);
        self.send(route, request, &format!("Page {}", self.page)).await
    }

    pub async fn check(
        &self,
        check: Check,
        device: &str,
        form: Form,
    ) -> Result<CheckAnswer, PhoneError> {
        let request = self.http.post(format!("{}/checks/{check}", self.root)).multipart(form);
        self.send(check.as_str(), request, &format!("Device {device}")).await
    }

    pub async fn exchange(&self, device: &str, body: &Value) -> Result<Begun, PhoneError> {
        let request = self.http.post(format!("{}/checks/nfc/exchange", self.root)).json(body);
        self.send("nfc", request, &format!("Device {device}")).await
    }

    /// Sends a request and reads the envelope of its answer.
    async fn send<T: DeserializeOwned>(
        &self,
        step: &'static str,
        request: RequestBuilder,
        authorization: &str,
    ) -> Result<T, PhoneError> {
        let request = request.header("authorization", authorization);
        let unreachable =
            |cause: reqwest::Error| PhoneError::Unreachable { step, cause: cause.without_url() };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let bytes = response.bytes().await.map_err(unreachable)?;
        let mut envelope: Value =
            serde_json::from_slice(&bytes).map_err(|_| PhoneError::Unreadable { step })?;
        if !status.is_success() {
            let text = |name| envelope["error"][name].as_str().unwrap_or_default().to_owned();
            let (code, message) = (text("code"), text("message"));
            return Err(PhoneError::Refused { step, status: status.as_u16(), code, message });
        }
        serde_json::from_value(envelope["data"].take()).map_err(|_| PhoneError::Unreadable { step })
    }
}

//! What the app asks of the server, for one request: who asks, what is shown, and what a form does.

use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use async_trait::async_trait;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use kayle_app::api::{Cancel, ChooseLanguage, Consent, Handoff, Release, Simulate, Withdraw};
use kayle_app::backend::VerifyBackend;
use kayle_app::error::PageError;
use kayle_app::locales;
use kayle_app::page::{Assets, Destination, Notice, Problem, Question, SessionPage, Surroundings};
use kayle_app::view::{Aftermath, HandoffView, SessionView};
use kayle_domain::redirect::RedirectUrl;
use kayle_domain::{SessionId, Step};

use super::qr;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::http::cookies;
use crate::http::extract::{self, Visitor};
use crate::http::language::LanguagePreference;
use crate::service::credentials::Credential;
use crate::service::verify::{Agreement, Cancellation, Right};
use crate::service::{simulate, verify, withdraw};

/// The server, as one request of a browser sees it; and what is decided of the answer while it is made.
pub struct RequestBackend {
    engine: Engine,
    parts: Parts,
    assets: Assets,
    nonce: String,
    status: AtomicU16,
    /// Seconds after which the same request may pass; 0 where nobody has to wait.
    retry_after: AtomicU64,
    /// Where the browser goes, once the form was looked at.
    decided: OnceLock<Result<Destination, PageError>>,
    /// The session the form names.
    session: OnceLock<SessionId>,
    cookies: Mutex<Vec<HeaderValue>>,
}

impl RequestBackend {
    /// The backend of the request with these parts; `assets` are the page's own files.
    pub fn new(engine: Engine, parts: Parts, assets: Assets) -> Arc<Self> {
        let nonce = hex::encode(engine.entropy.bytes::<16>());
        Arc::new(Self {
            engine,
            parts,
            assets,
            nonce,
            status: AtomicU16::new(StatusCode::OK.as_u16()),
            retry_after: AtomicU64::new(0),
            decided: OnceLock::new(),
            session: OnceLock::new(),
            cookies: Mutex::default(),
        })
    }

    /// The server.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The nonce of this answer's content security policy.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// The status the app asked for.
    pub fn status(&self) -> StatusCode {
        let status = StatusCode::from_u16(self.status.load(Ordering::Relaxed));
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// How many seconds whoever asked too often has to wait.
    pub fn retry_after(&self) -> Option<u64> {
        Some(self.retry_after.load(Ordering::Relaxed)).filter(|seconds| *seconds > 0)
    }

    /// What was decided of the form; nothing if it could not be read.
    pub fn decided(&self) -> Option<Result<Destination, PageError>> {
        self.decided.get().cloned()
    }

    /// The session the form is about.
    pub fn session(&self) -> Option<&SessionId> {
        self.session.get()
    }

    /// Cookies that go with the answer.
    pub fn cookies(&self) -> Vec<HeaderValue> {
        self.cookies.lock().expect("no holder of this lock panics").clone()
    }

    /// Who asks about a session.
    pub fn visitor(&self, id: &SessionId) -> Result<Visitor, Error> {
        Visitor::identify(&self.parts, &self.engine, id.clone())
    }

    /// The page for an error that has one of its own.
    pub fn problem_of(&self, error: &Error) -> Problem {
        error.log();
        if let Some(seconds) = error.retry_after {
            self.retry_after.store(seconds, Ordering::Relaxed);
        }
        match error.code {
            Code::SessionNotFound => Problem::NotFound,
            Code::InvalidSessionId => Problem::Malformed,
            Code::Unauthorized => Problem::OpenOriginal,
            Code::RateLimited => Problem::TooMany,
            _ => Problem::Trouble,
        }
    }

    /// The problem with a request that is not even looked at, counted against its sender's address: too many
    /// of them are the problem instead.
    pub fn refused(&self, problem: Problem) -> Problem {
        let address = extract::address(&self.parts, &self.engine);
        match self.engine.limits.stranger(address, None) {
            Ok(()) => problem,
            Err(error) => self.problem_of(&error),
        }
    }

    /// What a form is answered with after an error: mostly the page as it now stands, with a message.
    fn page_error(&self, error: &Error) -> PageError {
        let notice = match error.code {
            Code::SessionNotFound | Code::Unauthorized | Code::RateLimited => {
                return PageError::Problem(self.problem_of(error));
            }
            Code::ShareSelectionMissingRequired | Code::ShareSelectionInvalidField => {
                Notice::SelectionIncomplete
            }
            // The one thing a form of ours can lack that its server function takes.
            Code::InvalidRequest => Notice::BiometricRequired,
            Code::ConsentFrozen => Notice::ConsentFrozen,
            Code::Internal | Code::Unavailable => Notice::Trouble,
            _ => Notice::Changed,
        };
        error.log();
        PageError::Notice(notice)
    }

    /// Does what a form asks for, counted against its sender, and notes where the browser goes: to the
    /// session's page, with the message `work` gives.
    async fn act<T>(
        &self,
        session: SessionId,
        work: impl AsyncFnOnce(&Visitor) -> Result<(T, Option<Notice>), Error>,
    ) -> Result<(T, Destination), PageError> {
        let _ = self.session.set(session.clone());
        let done = async {
            let visitor = self.visitor(&session)?;
            visitor.limited(&self.engine)?;
            work(&visitor).await
        };
        let answer = match done.await {
            Ok((value, notice)) => Ok((value, Destination { session, notice })),
            Err(error) => Err(self.page_error(&error)),
        };
        let decided = answer.as_ref().map(|(_, next)| next.clone()).map_err(|error| *error);
        let _ = self.decided.set(decided);
        answer
    }

    fn add_cookie(&self, cookie: HeaderValue) {
        self.cookies.lock().expect("no holder of this lock panics").push(cookie);
    }

    async fn page_of(
        &self,
        visitor: &Visitor,
        question: Option<Question>,
    ) -> Result<SessionPage, PageError> {
        let engine = &self.engine;
        let problem = |error: Error| PageError::Problem(self.problem_of(&error));
        let loaded = verify::load_with_organization(engine, &visitor.id).await;
        let (stored, organization) = loaded.map_err(problem)?;
        let session = &stored.session;
        let mut view = verify::view(engine, session);
        if visitor.who != Credential::Page {
            return match view.step {
                Step::Consent => {
                    view.can_cancel = false;
                    let details = verify::describe(session, organization);
                    Ok(SessionPage::Consent { view, details })
                }
                Step::Done => Ok(SessionPage::Outcome {
                    view: shortened(view),
                    organization,
                    redirect_host: None,
                    aftermath: Aftermath::default(),
                }),
                _ => Err(PageError::Problem(Problem::OpenOriginal)),
            };
        }
        let aftermath = match view.step {
            Step::Done => withdraw::aftermath(engine, session).await.map_err(problem)?,
            _ => Aftermath::default(),
        };
        if let Some(question) = question.filter(|question| may_ask(*question, &view, aftermath)) {
            return Ok(SessionPage::Confirm { view, organization, question });
        }
        Ok(match view.step {
            Step::Consent => {
                SessionPage::Consent { view, details: verify::describe(session, organization) }
            }
            Step::Handoff => SessionPage::Handoff {
                view,
                organization,
                handoff: qr::handoff_view(verify::offer(engine, session)),
                on_phone: self.seems_a_phone(),
            },
            Step::Chip | Step::Face => SessionPage::Progress { view, organization },
            Step::Done => {
                let redirect_host = session.terms.redirect_url.as_ref().map(RedirectUrl::host);
                SessionPage::Outcome { view, organization, redirect_host, aftermath }
            }
        })
    }

    /// Only decides what comes first: both ways are always there.
    fn seems_a_phone(&self) -> bool {
        let value = |name: &str| self.parts.headers.get(name).and_then(|v| v.to_str().ok());
        match value("sec-ch-ua-mobile") {
            Some("?1") => true,
            Some("?0") => false,
            _ => {
                let agent = value("user-agent").unwrap_or_default();
                ["Mobi", "Android", "iPhone"].iter().any(|mark| agent.contains(mark))
            }
        }
    }
}

fn may_ask(question: Question, view: &SessionView, aftermath: Aftermath) -> bool {
    match question {
        Question::Cancel => view.can_cancel,
        Question::Withdraw => view.can_withdraw && aftermath.is_stoppable(),
        Question::Release => view.device.connected,
    }
}

/// What a stranger who knows the id may see of a finished session: that it is over, and how.
fn shortened(view: SessionView) -> SessionView {
    SessionView {
        redirect_url: None,
        failure_code: None,
        last_failure_code: None,
        cancelled_by: None,
        can_withdraw: false,
        ..view
    }
}

#[async_trait]
impl VerifyBackend for RequestBackend {
    fn surroundings(&self, locale: Option<&str>) -> Surroundings {
        Surroundings {
            language: LanguagePreference::of(&self.parts.headers).pick(locale),
            nonce: self.nonce.clone(),
            assets: self.assets.clone(),
            sandbox: self.engine.config.sandbox,
            now_millis: self.engine.now().millis(),
        }
    }

    fn set_status(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    async fn session_page(
        &self,
        id: &str,
        question: Option<Question>,
    ) -> Result<SessionPage, Problem> {
        let id: SessionId = id.parse().map_err(|_| Problem::Malformed)?;
        // The router reads addresses more generously than `page::show`, which lets tokens enter.
        if self.parts.uri.path() != format!("/{id}") {
            return Err(Problem::Malformed);
        }
        let visitor = self.visitor(&id).and_then(|visitor| {
            visitor.counted(&self.engine)?;
            Ok(visitor)
        });
        let visitor = visitor.map_err(|error| self.problem_of(&error))?;
        match self.page_of(&visitor, question).await {
            Ok(page) => Ok(page),
            Err(PageError::Problem(problem)) => Err(problem),
            Err(PageError::Notice(_)) => Err(Problem::Trouble),
        }
    }

    async fn consent(&self, form: Consent) -> Result<Destination, PageError> {
        let agreement = Agreement {
            selected: form.field,
            biometric: form.biometric,
            // What the form said it was shown in.
            locale: locales::find_or_english(&form.locale).tag.to_owned(),
        };
        let done = self.act(form.session, async |visitor| {
            let who = visitor.who.clone();
            let (session, _) = verify::consent(&self.engine, &visitor.id, who, agreement).await?;
            self.add_cookie(cookies::page(&self.engine, &session));
            Ok(((), None))
        });
        done.await.map(|((), next)| next)
    }

    async fn cancel(&self, form: Cancel) -> Result<Destination, PageError> {
        let done = self.act(form.session, async |visitor| {
            let right = Right::Credential(visitor.who.clone());
            let notice = match verify::cancel(&self.engine, &visitor.id, right).await? {
                Cancellation::Cancelled | Cancellation::Withdrawn => None,
                Cancellation::TooLate => Some(Notice::Changed),
            };
            Ok(((), notice))
        });
        done.await.map(|((), next)| next)
    }

    /// The same as cancelling: which of the two it is, the session itself decides when it is asked.
    async fn withdraw(&self, form: Withdraw) -> Result<Destination, PageError> {
        self.cancel(Cancel { session: form.session }).await
    }

    async fn release(&self, form: Release) -> Result<Destination, PageError> {
        let done = self.act(form.session, async |visitor| {
            visitor.require_page()?;
            verify::release(&self.engine, &visitor.id).await?;
            Ok(((), Some(Notice::Released)))
        });
        done.await.map(|((), next)| next)
    }

    async fn language(&self, form: ChooseLanguage) -> Result<Destination, PageError> {
        let Some(cookie) = cookies::language(&self.engine, &form.tag) else {
            let error = PageError::Problem(self.refused(Problem::BadForm));
            let _ = self.decided.set(Err(error));
            return Err(error);
        };
        let done = self.act(form.session, async |_| {
            self.add_cookie(cookie);
            Ok(((), None))
        });
        done.await.map(|((), next)| next)
    }

    async fn handoff(&self, form: Handoff) -> Result<HandoffView, PageError> {
        let done = self.act(form.session, async |visitor| {
            visitor.require_page()?;
            let offer = verify::handoff(&self.engine, &visitor.id).await?;
            Ok((qr::handoff_view(offer), None))
        });
        done.await.map(|(view, _)| view)
    }

    async fn simulate(&self, form: Simulate) -> Result<Destination, PageError> {
        let done = self.act(form.session, async |visitor| {
            visitor.require_page()?;
            let started = simulate::play(&self.engine, &visitor.id, form.scenario).await?;
            Ok(((), Some(if started { Notice::Simulating } else { Notice::Changed })))
        });
        done.await.map(|((), next)| next)
    }
}

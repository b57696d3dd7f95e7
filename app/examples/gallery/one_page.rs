//! A page, and a backend that knows no other.

use async_trait::async_trait;
use kayle_app::api::{Cancel, ChooseLanguage, Consent, Handoff, Release, Simulate, Withdraw};
use kayle_app::backend::VerifyBackend;
use kayle_app::error::PageError;
use kayle_app::locales;
use kayle_app::page::{Assets, Destination, Notice, Problem, Question, SessionPage, Surroundings};
use kayle_app::view::HandoffView;

/// A page to render.
#[derive(Debug, Clone)]
pub struct Page {
    /// BCP 47 tag of the language to render in.
    pub lang: String,
    /// The nonce of the answer's content security policy.
    pub nonce: String,
    /// The page's own files.
    pub assets: Assets,
    /// Whether a ribbon says that nothing here is real.
    pub sandbox: bool,
    /// A message above the content.
    pub notice: Option<Notice>,
    /// Milliseconds since the epoch at which the page is rendered.
    pub now_millis: i64,
    /// The content.
    pub body: Body,
}

/// What a page is about.
#[derive(Debug, Clone)]
pub enum Body {
    /// A session.
    Session(Box<SessionPage>),
    /// The landing page of the app link.
    AppLink,
    /// Something that is in the way.
    Problem(Problem),
}

impl From<SessionPage> for Body {
    fn from(page: SessionPage) -> Self {
        Self::Session(Box::new(page))
    }
}

/// A backend that shows this page and takes no form.
pub struct OnePage(pub Page);

/// What every form is answered with.
const NOT_HERE: PageError = PageError::Problem(Problem::BadForm);

#[async_trait]
impl VerifyBackend for OnePage {
    fn surroundings(&self, _: Option<&str>) -> Surroundings {
        let Page { lang, nonce, assets, sandbox, now_millis, .. } = self.0.clone();
        Surroundings {
            language: locales::find_or_english(&lang),
            nonce,
            assets,
            sandbox,
            now_millis,
        }
    }

    fn set_status(&self, _: u16) {}

    async fn session_page(&self, _: &str, _: Option<Question>) -> Result<SessionPage, Problem> {
        match &self.0.body {
            Body::Session(page) => Ok((**page).clone()),
            Body::AppLink => Err(Problem::Malformed),
            Body::Problem(problem) => Err(*problem),
        }
    }

    async fn consent(&self, _: Consent) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn cancel(&self, _: Cancel) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn withdraw(&self, _: Withdraw) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn release(&self, _: Release) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn language(&self, _: ChooseLanguage) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn handoff(&self, _: Handoff) -> Result<HandoffView, PageError> {
        Err(NOT_HERE)
    }

    async fn simulate(&self, _: Simulate) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }
}

//! What every part of a page may ask for, from the context.

use std::sync::Arc;

use leptos::prelude::*;

use crate::backend::use_backend;
use crate::locales::Language;
use crate::page::{Notice, Surroundings};

/// What surrounds the page that is rendered.
#[derive(Debug, Clone)]
pub(crate) struct PageContext {
    /// What every page of this answer shares.
    pub surroundings: Arc<Surroundings>,
    /// A message above the content.
    pub notice: Option<Notice>,
}

impl PageContext {
    /// The surroundings of a page about a session that begins in `locale`, or about none.
    pub(crate) fn new(locale: Option<&str>, notice: Option<Notice>) -> Self {
        Self { surroundings: Arc::new(use_backend().surroundings(locale)), notice }
    }
}

/// The page's surroundings.
pub(crate) fn use_page() -> PageContext {
    expect_context()
}

/// The language the page is read in: what it says comes from there.
pub(crate) fn use_language() -> &'static Language {
    use_page().surroundings.language
}

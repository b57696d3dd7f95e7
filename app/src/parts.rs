//! Pieces several pages are built of: plain functions from texts to views.

mod document;
mod frame;
mod icons;
mod links;
mod live;
mod sandbox;
mod who;

pub(crate) use document::{Document, News, document};
pub(crate) use frame::{Frame, frame};
pub(crate) use icons::{Icon, icon, named_icon};
pub(crate) use links::{address, button_form, link_out, mail};
pub(crate) use live::{stream, time_left};
pub(crate) use sandbox::panel;
pub(crate) use who::{Tone, seal, who, who_with_links};

/// What every part and page needs to know of its surroundings.
#[derive(Clone)]
pub(crate) struct Scene {
    /// The language.
    pub lang: &'static crate::locales::Catalogue,
    /// Milliseconds since the epoch at which the page is rendered.
    pub now: i64,
    /// Whether nothing here is real.
    pub sandbox: bool,
    /// A message above the content.
    pub notice: Option<crate::page::Notice>,
}

impl Scene {
    /// Every text.
    pub(crate) fn texts(&self) -> &'static crate::locales::Messages {
        &self.lang.messages
    }
}

/// The forms of a message as lines, as [`crate::plural::choose`] reads them.
pub(crate) fn lines(forms: crate::locales::Forms) -> String {
    forms.iter().map(|(category, text)| format!("{category} {text}")).collect::<Vec<_>>().join("\n")
}

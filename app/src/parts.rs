//! Pieces several pages are built of. They fetch nothing: what they show are their props and the page's
//! context.

mod context;
mod document;
mod frame;
mod icons;
mod links;
mod live;
mod sandbox;
mod who;

pub(crate) use context::{PageContext, use_language, use_page};
pub(crate) use document::{Document, News};
pub(crate) use frame::{LanguageForm, Notice, Steps};
pub(crate) use icons::{Drawing, Icon, NamedIcon};
pub(crate) use links::{LinkOut, MailLink, web_address};
pub(crate) use live::{TimeToExpiry, stream};
pub(crate) use sandbox::SimulatedPhone;
pub(crate) use who::{Links, Seal, Tone, Who};

//! The verify page as one full-stack Leptos app: what the browser sees, and the server functions behind
//! it. The server mounts it and implements [`backend::VerifyBackend`]; the browser only runs its islands.

pub mod api;
pub mod app;
pub mod backend;
mod browser;
pub mod error;
mod islands;
pub mod locales;
pub mod page;
mod pages;
mod parts;
mod plural;
pub mod view;

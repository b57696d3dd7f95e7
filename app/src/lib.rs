//! The verify page: what it knows (`view`), what one render needs (`page`), and how it looks.

mod browser;
mod islands;
#[cfg(feature = "ssr")]
pub mod locales;
pub mod page;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
mod plural;
#[cfg(feature = "ssr")]
mod render;
pub mod view;

#[cfg(feature = "ssr")]
pub use render::render;

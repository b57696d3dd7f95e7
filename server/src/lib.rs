//! Kayle verify's server: REST API, verify page, sweep and deliveries over one database.

pub mod assemble;
pub mod check;
pub mod cli;
pub mod config;
pub mod engine;
pub mod error;
pub mod http;
pub mod keys;
pub mod mailbox;
pub mod page;
pub mod sandbox;
pub mod service;
pub mod store;
pub mod webhook;
pub mod worker;

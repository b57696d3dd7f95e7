//! The only error that crosses from the server to the page.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::page::{Notice, Problem};

/// Why a form was not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageError {
    /// The session's page says why, and shows where things stand now.
    Notice(Notice),
    /// There is a page of its own, with an HTTP status of its own.
    Problem(Problem),
}

impl FromServerFnError for PageError {
    type Encoder = JsonEncoding;

    /// What leptos itself refuses are arguments that cannot be read.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Problem(Problem::BadForm)
    }
}

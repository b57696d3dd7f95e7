//! The page's own files, served as they were built: with their precompressed forms, validators and ranges.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::Request;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use kayle_app::page::Assets;
use tower_http::services::{ServeDir, ServeFile};

use crate::engine::Engine;

/// For files whose name holds the hash of what is in them.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For the others.
const FOR_AN_HOUR: &str = "public, max-age=3600";
/// For what a build writes again and again under one name.
const ASKED_FOR: &str = "no-cache";
/// The longest path that is looked up, in bytes.
const LONGEST: usize = 200;
/// What was built, by short names.
const MANIFEST: &str = "pkg/manifest.json";

/// The folder of the built site: as set, or beside the binary.
pub fn folder(set: Option<&PathBuf>) -> Option<PathBuf> {
    if let Some(folder) = set {
        return Some(folder.clone());
    }
    let binary = std::env::current_exe().ok()?;
    let beside = binary.parent()?;
    [beside.join("site"), beside.parent()?.join("site")].into_iter().find(|path| path.is_dir())
}

/// The address of each built file, by its short name.
fn manifest(folder: Option<&Path>) -> HashMap<String, String> {
    let text = folder.and_then(|f| std::fs::read_to_string(f.join(MANIFEST)).ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The addresses of the page's files; empty ones where no site was built.
pub fn names(folder: Option<&Path>) -> Assets {
    let names = manifest(folder);
    let name = |key: &str, plain: &str| {
        let unhashed = folder.is_some_and(|f| f.join(plain.trim_start_matches('/')).is_file());
        names.get(key).cloned().or(unhashed.then(|| plain.to_owned())).unwrap_or_default()
    };
    Assets {
        css: name("css", "/pkg/kayle.css"),
        js: name("js", "/pkg/kayle.js"),
        wasm: name("wasm", "/pkg/kayle.wasm"),
    }
}

/// The addresses of the files behind `/reference`.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its style sheet.
    pub css: String,
    /// Its script.
    pub js: String,
}

/// Those addresses, where the built site has them.
pub fn reference(folder: Option<&Path>) -> Option<Reference> {
    let mut names = manifest(folder);
    Some(Reference { css: names.remove("reference.css")?, js: names.remove("reference.js")? })
}

/// The files of the site: everything in `pkg/`, and what lies beside it.
pub fn router(engine: &Engine) -> Router<Engine> {
    let Some(root) = folder(engine.config.site.as_ref()) else { return Router::new() };
    let built = ServeDir::new(root.join("pkg"))
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let built = Router::new().nest_service("/pkg", built);
    let beside = std::fs::read_dir(&root).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = beside.filter(|path| path.is_file() && !is_compressed(path));
    let files = files.fold(built, |router, path| match path.strip_prefix(&root) {
        Ok(name) => {
            let file = ServeFile::new(&path).precompressed_br().precompressed_gzip();
            router.route_service(&format!("/{}", name.display()), file)
        }
        Err(_) => router,
    });
    files.layer(from_fn(kept))
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "br" || extension == "gz")
}

/// Says how long a file may be kept; an answer without one is not. What no file system can look up is not
/// looked up.
async fn kept(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.len() > LONGEST {
        return StatusCode::NOT_FOUND.into_response();
    }
    let keep = match path.strip_prefix("/pkg/") {
        Some(name) if is_hashed(name) => FOR_EVER,
        Some(_) => ASKED_FOR,
        None => FOR_AN_HOUR,
    };
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_success() || status == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    }
    response
}

/// Whether a file's name holds the hash of what is in it: `kayle.0123456789abcdef.js`.
fn is_hashed(name: &str) -> bool {
    let hash = name.split('.').nth(1).unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit())
}

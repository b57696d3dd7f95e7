//! The page's own files: read once at start, served with their precompressed forms.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kayle_app::page::Assets;

use crate::engine::Engine;

/// One file with its compressed forms.
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

type Files = Arc<HashMap<String, File>>;

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
    let text = folder.and_then(|f| std::fs::read_to_string(f.join("pkg/manifest.json")).ok());
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

/// A route for every file of the site.
pub fn router(engine: &Engine) -> Router<Engine> {
    let Some(root) = folder(engine.config.site.as_ref()) else { return Router::new() };
    let mut files = HashMap::new();
    read(&root, &root, &mut files);
    let paths: Vec<String> = files.keys().cloned().collect();
    let files: Files = Arc::new(files);
    paths.into_iter().fold(Router::new(), |router, path| {
        let files = files.clone();
        let serve =
            move |uri: Uri, headers: HeaderMap| async move { answer(&files, &uri, &headers) };
        router.route(&path, get(serve))
    })
}

fn read(root: &Path, folder: &Path, files: &mut HashMap<String, File>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if path.is_dir() {
            read(root, &path, files);
        } else if !matches!(kind, "br" | "gz") {
            let with = |suffix: &str| {
                let name = format!("{}.{suffix}", path.display());
                std::fs::read(name).ok().map(Bytes::from)
            };
            if let (Ok(plain), Ok(name)) = (std::fs::read(&path), path.strip_prefix(root)) {
                let file = File { plain: plain.into(), brotli: with("br"), gzip: with("gz") };
                files.insert(format!("/{}", name.display()), file);
            }
        }
    }
}

fn answer(files: &Files, uri: &Uri, headers: &HeaderMap) -> Response {
    let Some(file) = files.get(uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let takes = |name: &str| {
        accepted.split(',').any(|item| {
            let mut parts = item.split(';').map(str::trim);
            parts.next() == Some(name) && !parts.any(|p| p.replace(' ', "") == "q=0")
        })
    };
    let (body, encoding) = match (&file.brotli, &file.gzip) {
        (Some(bytes), _) if takes("br") => (bytes, Some("br")),
        (_, Some(bytes)) if takes("gzip") => (bytes, Some("gzip")),
        _ => (&file.plain, None),
    };
    let hashed = uri.path().starts_with("/pkg/") && uri.path() != "/pkg/manifest.json";
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let mut response = body.clone().into_response();
    let mut set =
        |name, value| response.headers_mut().insert(name, HeaderValue::from_static(value));
    set(CONTENT_TYPE, media_type(uri.path()));
    set(CACHE_CONTROL, cache);
    set(VARY, "Accept-Encoding");
    if let Some(encoding) = encoding {
        set(CONTENT_ENCODING, encoding);
    }
    response
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript",
        "css" => "text/css",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

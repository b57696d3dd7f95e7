//! The document around a page: head, style, and the loader of the WebAssembly.

use leptos::prelude::*;

use super::Scene;
use crate::page::Assets;

/// How often, in seconds, a waiting page looks for news where nothing is live.
const REFRESH: u32 = 20;

/// What the document says about the page.
pub(crate) struct Document {
    /// The heading.
    pub title: String,
    /// The session's page, when it waits for something that happens elsewhere.
    pub waiting: Option<String>,
}

/// The whole document around `body`.
pub(crate) fn document<V: IntoView + 'static>(
    scene: &Scene,
    about: Document,
    assets: Assets,
    nonce: String,
    body: V,
) -> impl IntoView + use<V> {
    let Document { title, waiting } = about;
    let script =
        (!assets.js.is_empty()).then(|| scripts(assets.js, assets.wasm, waiting.as_deref(), nonce));
    let refresh = waiting.map(|page| {
        view! {
            <noscript>
                <meta http-equiv="refresh" content=format!("{REFRESH};url={page}") />
            </noscript>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=scene.lang.tag dir=scene.lang.dir>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title>{format!("{title} · Kayle")}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=assets.css />
                {refresh}
                {script}
            </head>
            <body>{body}</body>
        </html>
    }
}

/// Fetches the WebAssembly early, and starts the islands once it is there.
fn scripts(
    js: String,
    wasm: String,
    waiting: Option<&str>,
    nonce: String,
) -> impl IntoView + use<> {
    let script = loader(&js, &wasm, waiting.is_some());
    let fallback = waiting.map(|page| {
        view! { <script nonce=nonce.clone()>{fallback(page)}</script> }
    });
    view! {
        {fallback}
        <link rel="modulepreload" href=js nonce=nonce.clone() />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=nonce>
            {script}
        </script>
    }
}

/// A waiting page looks for news by itself, unless the loader takes over: in words that every browser
/// with JavaScript understands, whatever becomes of the rest.
fn fallback(page: &str) -> String {
    format!("var look=setTimeout(function(){{location.replace({})}},{REFRESH}e3)", quoted(page))
}

/// Our own loader: what leptos' does for islands, a focus for those who came from one of our pages,
/// and what leptos' lacks: it may fail, and a waiting page then still looks for news.
fn loader(js: &str, wasm: &str, waiting: bool) -> String {
    let (js, wasm) = (quoted(js), quoted(wasm));
    let live = if waiting { ";clearTimeout(look)" } else { "" };
    format!(
        "if(document.referrer.startsWith(location.origin+'/'))\
         document.querySelector('.notice,h1').focus();\
         (async()=>{{const m=await import({js});await m.default({{module_or_path:{wasm}}});\
         m.hydrate();for(const i of document.querySelectorAll('leptos-island'))\
         await m[i.dataset.component](i){live}}})().catch(()=>{{}})"
    )
}

/// A JavaScript string that also cannot end the script element.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_leave_its_string_or_the_script() {
        assert_eq!(quoted("/a\"b</script>"), "\"/a\\\"b\\u003c/script>\"");
    }

    #[test]
    fn only_a_waiting_page_refreshes_itself_until_the_loader_is_done() {
        assert!(fallback("/vs_1").contains("location.replace(\"/vs_1\")"));
        assert!(loader("/a.js", "/a.wasm", true).contains("clearTimeout(look)"));
        assert!(!loader("/a.js", "/a.wasm", false).contains("look"));
    }
}

//! The document around a page: head, style, and the loader of the WebAssembly.

use leptos::prelude::*;

use super::Scene;
use crate::page::Assets;

/// How often, in seconds, a waiting page looks for news where nothing is live.
const REFRESH: u32 = 20;

/// What may change a page while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// Nothing.
    None,
    /// The session may, while its user reads.
    Possible,
    /// The page waits for something that happens elsewhere.
    Awaited,
}

/// What the document says about the page.
pub(crate) struct Document {
    /// The heading.
    pub title: String,
    /// The session's page, if it is about one.
    pub page: String,
    /// What may change it.
    pub news: News,
}

/// The whole document around `body`.
pub(crate) fn document<V: IntoView + 'static>(
    scene: &Scene,
    about: Document,
    assets: Assets,
    nonce: String,
    body: V,
) -> impl IntoView + use<V> {
    let Document { title, page, news } = about;
    let script =
        (!assets.js.is_empty()).then(|| scripts(&assets, fallback(&page, news), news, nonce));
    let refresh = (news == News::Awaited).then(|| {
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
    assets: &Assets,
    fallback: Option<String>,
    news: News,
    nonce: String,
) -> impl IntoView + use<> {
    let (js, wasm) = (assets.js.clone(), assets.wasm.clone());
    let script = loader(&js, &wasm, news);
    let fallback =
        fallback.map(|fallback| view! { <script nonce=nonce.clone()>{fallback}</script> });
    view! {
        {fallback}
        <link rel="modulepreload" href=js nonce=nonce.clone() />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=nonce>
            {script}
        </script>
    }
}

/// `look` goes to the page as it now is, as soon as the server gives one: nobody is left on a proxy's
/// error page, while one of ours, such as that the session is gone, is shown. A page that waits looks
/// by itself until the loader takes over, in words that every browser with JavaScript understands.
fn fallback(page: &str, news: News) -> Option<String> {
    let page = quoted(page);
    let timer = match news {
        News::None => return None,
        News::Possible => "",
        News::Awaited => "again()",
    };
    Some(format!(
        "var timer;function again(){{clearTimeout(timer);timer=setTimeout(look,{REFRESH}e3)}}\
         function look(){{if(!self.fetch)return location.replace({page});fetch({page}).then(\
         function(r){{r.ok||r.status==401||r.status==404?location.replace({page}):again()}},again)}}{timer}"
    ))
}

/// Our own loader: what leptos' does for islands, and what leptos' lacks. It may fail. A heading that
/// is new takes the focus of those who came from one of our pages. A page that comes back out of the
/// browser's memory is asked for again.
fn loader(js: &str, wasm: &str, news: News) -> String {
    let (js, wasm) = (quoted(js), quoted(wasm));
    let live = if news == News::Awaited { ";clearTimeout(timer)" } else { "" };
    format!(
        "addEventListener('pageshow',e=>{{if(e.persisted)location.reload()}});\
         const h=document.querySelector('.notice,h1'),s=h.textContent;\
         try{{if(document.referrer.startsWith(location.origin+'/')&&sessionStorage.said!=s)h.focus();\
         sessionStorage.said=s}}catch{{}}\
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
        let waits = fallback("/vs_1", News::Awaited).expect("a fallback");
        assert!(waits.contains("location.replace(\"/vs_1\")") && waits.ends_with("again()"));
        assert!(loader("/a.js", "/a.wasm", News::Awaited).contains("clearTimeout(timer)"));
        let reads = fallback("/vs_1", News::Possible).expect("a fallback");
        assert!(!reads.ends_with("again()"));
        assert!(!loader("/a.js", "/a.wasm", News::Possible).contains("timer"));
        assert_eq!(fallback("/vs_1", News::None), None);
    }
}

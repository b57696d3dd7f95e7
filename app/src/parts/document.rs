//! The document around a page: head, style, the loader of the WebAssembly, and the frame of the body.

use leptos::prelude::*;

use super::{Drawing, Icon, LanguageForm, Notice, Steps, use_language, use_page};
use crate::page::Assets;

/// How often, in seconds, a waiting page looks for news where no script runs; `watch.js` has the same.
const REFRESH: u32 = 20;

/// Asks for the page as it now is: `look` goes there as soon as the server gives one. Nobody is left on a
/// proxy's error page, while one of ours, such as that the session is gone, is shown. A page that waits
/// looks by itself until the loader takes over. In words that every browser with JavaScript understands.
const WATCH: &str = include_str!("../../scripts/watch.js");

/// Our own loader: what leptos' does for islands, and what leptos' lacks. It may fail. A heading that is
/// new takes the focus of those who came from one of our pages. A page that comes back out of the
/// browser's memory is asked for again.
const START: &str = include_str!("../../scripts/start.js");

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

/// The whole document: `above` stands between the notice and the heading, the children below it.
#[component]
pub(crate) fn Document(
    /// The page's heading, and the document's title.
    #[prop(into)]
    heading: String,
    /// The id of the session whose page this is, if it is one's.
    #[prop(into)]
    session: Option<String>,
    /// Which of the four steps this is, counted from 0, if it is one of them.
    step: Option<usize>,
    /// What may change the page while it is open.
    news: News,
    /// What stands above the heading.
    #[prop(optional, into)]
    above: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let page = use_page();
    let surroundings = page.surroundings;
    let language = surroundings.language;
    let has_languages = session.is_some();
    let address = session.as_ref().map(|id| format!("/{id}")).unwrap_or_default();
    view! {
        <html lang=language.tag dir=language.language_direction()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title>{format!("{heading} · Kayle")}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=surroundings.assets.css.clone() />
                {(news == News::Awaited).then(|| view! { <Refresh address /> }.into_any())}
                {view! { <Scripts news /> }
                    .into_any()}
            </head>
            <body>
                <a class="skip" href="#main">
                    {language.skip()}
                </a>
                {view! { <Header step has_languages /> }.into_any()}
                <main id="main">
                    {page.notice.map(|notice| view! { <Notice notice /> }.into_any())}
                    {above}
                    <h1 tabindex="-1">{heading}</h1>
                    {children()}
                </main>
                {session.map(|session| view! { <LanguageForm session /> }.into_any())}
            </body>
        </html>
    }
    .into_any() // the types of so large a view overflow the compiler's limits
}

/// Whether this is a sandbox, whose page it is, and which step of it.
#[component]
fn Header(step: Option<usize>, has_languages: bool) -> impl IntoView {
    let surroundings = use_page().surroundings;
    let language = surroundings.language;
    let ribbon = surroundings
        .sandbox
        .then(|| view! { <p class="ribbon"><span>{language.ribbon()}</span></p> });
    view! {
        <header>
            {ribbon}
            <div class="top">
                <span class="brand">
                    <Icon drawing=Drawing::Shield /> "Kayle"
                </span>
                {has_languages.then(|| view! { <LanguageLink /> })}
            </div>
            {step.map(|current| view! { <Steps current /> })}
        </header>
    }
}

/// The way to the languages for somebody who cannot read this page.
#[component]
fn LanguageLink() -> impl IntoView {
    let language = use_language();
    view! {
        <a class="tongue" href="#language">
            <Icon drawing=Drawing::Globe />
            <span class="unseen">{language.language()} ": "</span>
            {language.language_name()}
        </a>
    }
}

/// Without JavaScript a waiting page is asked for again.
#[component]
fn Refresh(address: String) -> impl IntoView {
    view! {
        <noscript>
            <meta http-equiv="refresh" content=format!("{REFRESH};url={address}") />
        </noscript>
    }
}

/// Fetches the WebAssembly early, and starts the islands once it is there; nothing where no site was built.
#[component]
fn Scripts(news: News) -> impl IntoView {
    let surroundings = use_page().surroundings;
    let nonce = surroundings.nonce.clone();
    let Assets { js, wasm, .. } = surroundings.assets.clone();
    if js.is_empty() {
        return None;
    }
    let watch = (news != News::None).then(|| {
        let awaited = (news == News::Awaited).then_some("");
        view! {
            <script nonce=nonce.clone() data-awaited=awaited>
                {WATCH}
            </script>
        }
    });
    Some(view! {
        {watch}
        <link rel="modulepreload" href=js.clone() nonce=nonce.clone() />
        <link
            rel="preload"
            href=wasm.clone()
            r#as="fetch"
            r#type="application/wasm"
            crossorigin=""
        />
        <script type="module" nonce=nonce data-js=js data-wasm=wasm>
            {START}
        </script>
    })
}

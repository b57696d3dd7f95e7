//! Bring a phone: a QR code on a computer, a link on a phone.

use leptos::prelude::*;

use super::waiting::{footer, help};
use crate::islands::live::Live;
use crate::islands::open_link::{COMPUTER, OpenLink, OpenWords};
use crate::parts::{Icon, News, Scene, icon, panel, stream, time_left, who};
use crate::render::Content;
use crate::view::{HandoffView, OrganizationView, QrCode, SessionView};

/// The hand-off page.
pub(crate) fn handoff(
    scene: &Scene,
    view: &SessionView,
    organization: OrganizationView,
    handoff: HandoffView,
    on_phone: bool,
) -> Content {
    let texts = &scene.texts().handoff;
    let page = format!("/{}", view.session_id);
    let heading = if on_phone { texts.heading_phone } else { texts.heading };
    let expires = handoff.expires_at.millis();
    let link = open_link(scene, &page, handoff.link, expires, on_phone);
    let code = qr(handoff.qr, texts.qr_alternative);
    let ways = if on_phone {
        view! {
            <p class="lead">{texts.lead_phone}</p>
            {link}
            <details>
                <summary>{texts.other_phone}</summary>
                <p>{texts.scan}</p>
                {code}
            </details>
        }
        .into_any()
    } else {
        view! {
            <p class="lead">{texts.scan}</p>
            {code}
            {link}
        }
        .into_any()
    };
    let above = who(&organization).map(IntoAny::into_any);
    let content = view! {
        {ways}
        <p class="time">{icon(Icon::Clock)} {time_left(scene, view)}</p>
        <section>
            <h2>{icon(Icon::Onward)} {texts.next}</h2>
            <ol class="next">
                {texts.next_items.map(|item| view! { <li>{item}</li> }).into_iter().collect::<Vec<_>>()}
            </ol>
            <p>{texts.by_itself}</p>
        </section>
        <Live stream=stream(scene, view) />
        {footer(scene, view)}
        {help(scene, organization)}
        {panel(scene, view)}
    }
    .into_any();
    let step = Some(1);
    Content { above, heading: heading.to_owned(), step, news: News::Awaited, view: content }
}

fn open_link(
    scene: &Scene,
    page: &str,
    link: String,
    expires: i64,
    on_phone: bool,
) -> impl IntoView + use<> {
    let texts = &scene.texts().handoff;
    let (place, label) =
        if on_phone { ("phone", texts.open) } else { (COMPUTER, texts.link_label) };
    let words = OpenWords {
        link,
        place: place.to_owned(),
        url: format!("{page}/handoff"),
        now: scene.now.to_string(),
        expires: expires.to_string(),
        label: label.to_owned(),
        copy: texts.copy.to_owned(),
        copied: texts.copied.to_owned(),
    };
    view! { <OpenLink words /> }
}

fn qr(code: QrCode, alternative: &'static str) -> impl IntoView {
    let size = code.size;
    view! {
        <svg
            id="qr"
            class="qr"
            viewBox=format!("0 0 {size} {size}")
            role="img"
            aria-labelledby="qr-title"
            shape-rendering="crispEdges"
        >
            <title id="qr-title">{alternative}</title>
            <path id="qr-path" d=code.path></path>
        </svg>
    }
}

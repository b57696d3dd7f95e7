//! Bring a phone: a QR code on a computer, a link on a phone.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::waiting::{Help, WaitingFooter};
use crate::api::Handoff;
use crate::islands::live::Live;
use crate::islands::open_link::{COMPUTER, OpenLink, OpenWords};
use crate::parts::{
    Document, Drawing, Icon, Links, News, SimulatedPhone, TimeToExpiry, Who, stream, use_language,
    use_page,
};
use crate::view::{HandoffView, OrganizationView, QrCode, SessionView};

/// The hand-off page.
#[component]
pub(crate) fn HandoffPage(
    view: SessionView,
    organization: OrganizationView,
    handoff: HandoffView,
    on_phone: bool,
) -> impl IntoView {
    let language = use_language();
    let heading =
        if on_phone { language.handoff_heading_phone() } else { language.handoff_heading() };
    let link = open_link(&view, handoff.link, handoff.expires_at.millis(), on_phone);
    let code = view! { <Qr code=handoff.qr /> };
    let ways = if on_phone {
        view! {
            <p class="lead">{language.handoff_lead_phone()}</p>
            <OpenLink words=link />
            <details>
                <summary>{language.handoff_other_phone()}</summary>
                <p>{language.handoff_scan()}</p>
                {code}
            </details>
        }
        .into_any()
    } else {
        view! {
            <p class="lead">{language.handoff_scan()}</p>
            {code}
            <OpenLink words=link />
        }
        .into_any()
    };
    let next = [language.handoff_next_1(), language.handoff_next_2(), language.handoff_next_3()];
    let above = view! { <Who organization=organization.clone() links=Links::Left /> }.into_any();
    view! {
        <Document heading session=view.session_id.clone() step=Some(1) news=News::Awaited above>
            {ways}
            <p class="time">
                <Icon drawing=Drawing::Clock /> <TimeToExpiry expires_at=view.expires_at />
            </p>
            <section>
                <h2>
                    <Icon drawing=Drawing::Onward /> {language.handoff_next()}
                </h2>
                <ol class="next">
                    {next.map(|item| view! { <li>{item}</li> }).into_iter().collect::<Vec<_>>()}
                </ol>
                <p>{language.handoff_by_itself()}</p>
            </section>
            <Live stream=stream(&view) />
            <WaitingFooter view=view.clone() />
            <Help organization />
            <SimulatedPhone view />
        </Document>
    }
}

/// What the island that keeps the link fresh is given.
fn open_link(view: &SessionView, link: String, expires: i64, on_phone: bool) -> OpenWords {
    let surroundings = use_page().surroundings;
    let language = surroundings.language;
    let (place, label) = if on_phone {
        ("phone", language.handoff_open())
    } else {
        (COMPUTER, language.handoff_link_label())
    };
    OpenWords {
        link,
        place: place.to_owned(),
        url: Handoff::PATH.to_owned(),
        session: view.session_id.clone(),
        now: surroundings.now_millis.to_string(),
        expires: expires.to_string(),
        label: label.to_owned(),
        copy: language.handoff_copy().to_owned(),
        copied: language.handoff_copied().to_owned(),
    }
}

/// The link as a QR code, which the island changes in place.
#[component]
fn Qr(code: QrCode) -> impl IntoView {
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
            <title id="qr-title">{use_language().handoff_qr_alternative()}</title>
            <path id="qr-path" d=code.path></path>
        </svg>
    }
}

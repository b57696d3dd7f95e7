//! Who asks for what, and why; the user agrees or declines.

use kayle_domain::share::ClaimKey;
use leptos::prelude::*;

use crate::islands::live::Live;
use crate::locales::Consent;
use crate::page::Notice;
use crate::parts::{
    Icon, News, Scene, address, icon, link_out, mail, panel, stream, time_left, who_with_links,
};
use crate::render::Content;
use crate::view::{Details, OrganizationView, SessionView, ShareFieldView};

/// The consent page.
pub(crate) fn consent(scene: &Scene, view: &SessionView, details: Details) -> Content {
    let texts = &scene.texts().consent;
    let page = format!("/{}", view.session_id);
    let org = scene.lang.isolate(&details.organization.name);
    let above = who_with_links(scene, &details.organization).map(IntoAny::into_any);
    let (required, optional) = details.share_fields.into_iter().partition(|field| field.required);
    let live = view.can_cancel.then(|| view! { <Live stream=stream(scene, view) /> });
    // Declining cancels, so it is offered only to a browser that may cancel.
    let decline = view.can_cancel.then(|| {
        let href = format!("{page}?ask=cancel");
        view! {
            <a class="button plain" href=href>
                {texts.decline}
            </a>
        }
    });
    let content = view! {
        <p class="lead">{texts.lead}</p>
        <p class="time">{icon(Icon::Clock)} {time_left(scene, view)}</p>
        {live}
        <form method="post" action=format!("{page}/consent") autocomplete="off">
            <input type="hidden" name="locale" value=scene.lang.tag />
            {required_fields(scene, &org, required)}
            {optional_fields(scene, &org, optional)}
            <section>
                <h2>{icon(Icon::Hidden)} {(texts.not_shared)(&org)}</h2>
                <p>{(texts.not_shared_text)(&org)}</p>
            </section>
            {afterwards(texts, details.redirect_host)}
            {biometric(scene)}
            <div class="actions">
                <button type="submit" class="button">
                    {texts.agree}
                </button>
                {decline}
            </div>
        </form>
        {cannot(scene, &org, details.organization)}
        {panel(scene, view)}
    }
    .into_any();
    Content {
        above,
        heading: (texts.heading)(&org),
        step: Some(0),
        news: News::Possible,
        view: content,
    }
}

fn required_fields(scene: &Scene, org: &str, fields: Vec<ShareFieldView>) -> impl IntoView + use<> {
    let texts = &scene.texts().consent;
    let items = fields.into_iter().map(|field| {
        let key = field.key.clone();
        let words = describe(scene, org, field);
        view! {
            <li class="field">
                <input type="hidden" name="field" value=key />
                <p class="name">{words.name} " " <span class="tag">{texts.required_mark}</span></p>
                {words.rest}
            </li>
        }
    });
    view! {
        <section>
            <h2>{icon(Icon::Share)} {(texts.required)(org)}</h2>
            <ul class="fields">{items.collect::<Vec<_>>()}</ul>
        </section>
    }
}

fn optional_fields(
    scene: &Scene,
    org: &str,
    fields: Vec<ShareFieldView>,
) -> Option<impl IntoView + use<>> {
    if fields.is_empty() {
        return None;
    }
    let texts = &scene.texts().consent;
    let items = fields.into_iter().enumerate().map(|(at, field)| {
        let (id, about) = (format!("f{at}"), format!("f{at}-why"));
        let key = field.key.clone();
        let words = describe(scene, org, field);
        view! {
            <div class="field choice">
                <input
                    type="checkbox"
                    name="field"
                    value=key
                    id=id.clone()
                    aria-describedby=about.clone()
                />
                <div>
                    <label class="name" for=id>
                        {words.name}
                    </label>
                    <div id=about>{words.rest}</div>
                </div>
            </div>
        }
    });
    Some(view! {
        <fieldset>
            <legend>
                <h2>{icon(Icon::Plus)} {texts.optional}</h2>
            </legend>
            <p>{(texts.optional_lead)(org)}</p>
            <div class="fields">{items.collect::<Vec<_>>()}</div>
        </fieldset>
    })
}

/// One field in plain words: its name, and what is said about it.
struct Words<V> {
    name: String,
    rest: V,
}

fn describe(scene: &Scene, org: &str, field: ShareFieldView) -> Words<impl IntoView + use<>> {
    let (claims, texts) = (&scene.texts().claims, &scene.texts().consent);
    let (name, hint) = match ClaimKey::parse(&field.key) {
        Some(ClaimKey::Named(claim)) => ((claims.name)(claim).to_owned(), (claims.hint)(claim)),
        Some(ClaimKey::AgeOver(years)) => ((claims.age_over)(years), None),
        None => (field.key, None),
    };
    let reason = if field.source == "default" {
        view! { {texts.added} }.into_any()
    } else {
        view! {
            {(texts.says)(org)}
            " "
            <q dir="auto">{field.reason}</q>
        }
        .into_any()
    };
    let rest = view! {
        {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
        <p class="reason">{reason}</p>
    };
    Words { name, rest }
}

fn afterwards(texts: &'static Consent, host: Option<String>) -> impl IntoView {
    let [before, after] = texts.afterwards_text;
    let text = match host {
        Some(host) => {
            view! { <p>{before} <strong dir="ltr">{host}</strong> {after}</p> }.into_any()
        }
        None => view! { <p>{texts.afterwards_here}</p> }.into_any(),
    };
    view! {
        <section>
            <h2>{icon(Icon::Onward)} {texts.afterwards}</h2>
            {text}
        </section>
    }
}

fn biometric(scene: &Scene) -> impl IntoView + use<> {
    let texts = &scene.texts().consent;
    let missing = scene.notice == Some(Notice::BiometricRequired);
    let described = if missing { "notice biometric-about" } else { "biometric-about" };
    view! {
        <section class="card">
            <h2>{icon(Icon::Face)} {texts.face}</h2>
            <p id="biometric-about">{texts.biometric_hint}</p>
            <div class="choice">
                <input
                    type="checkbox"
                    name="biometric"
                    value="on"
                    id="biometric"
                    required
                    aria-describedby=described
                    aria-invalid=missing.then_some("true")
                />
                <label class="name" for="biometric">
                    {texts.biometric}
                </label>
            </div>
        </section>
    }
}

fn cannot(scene: &Scene, org: &str, organization: OrganizationView) -> impl IntoView + use<> {
    let texts = &scene.texts().consent;
    let fallback = address(organization.fallback_url)
        .map(|url| view! { <p>{link_out(scene, url, (texts.fallback)(org))}</p> });
    let support = organization
        .support_email
        .map(|email| view! { <p>{(texts.support)(org)} " " {mail(email)}</p> });
    let nobody =
        (fallback.is_none() && support.is_none()).then(|| view! { <p>{(texts.nobody)(org)}</p> });
    view! {
        <details>
            <summary>{texts.cannot}</summary>
            <p>{texts.cannot_text}</p>
            {fallback}
            {support}
            {nobody}
        </details>
    }
}

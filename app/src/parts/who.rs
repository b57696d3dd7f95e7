//! Whose page this is: the organization's initial, name and links, or how it ended.

use leptos::prelude::*;

use super::{Icon, Scene, address, icon, link_out};
use crate::view::OrganizationView;

/// The organization's name; nothing where it is not known.
pub(crate) fn who(organization: &OrganizationView) -> Option<impl IntoView + use<>> {
    named(organization, None::<()>)
}

/// The same with the links a careful reader wants before agreeing.
pub(crate) fn who_with_links(
    scene: &Scene,
    organization: &OrganizationView,
) -> Option<impl IntoView + use<>> {
    let texts = &scene.texts().consent;
    let links = [
        (&organization.website, texts.website),
        (&organization.privacy_url, texts.privacy),
        (&organization.terms_url, texts.terms),
    ]
    .into_iter()
    .filter_map(|(url, text)| address(url.clone()).map(|url| (url, text)))
    .map(|(url, text)| view! { <li>{link_out(scene, url, text)}</li> })
    .collect::<Vec<_>>();
    let label = (texts.about)(&scene.lang.isolate(&organization.name));
    let links =
        (!links.is_empty()).then(|| view! { <ul class="links" aria-label=label>{links}</ul> });
    named(organization, links)
}

fn named<V: IntoView + 'static>(
    organization: &OrganizationView,
    links: V,
) -> Option<impl IntoView + use<V>> {
    let name = organization.name.clone();
    let initial = name.chars().find(|c| c.is_alphanumeric())?.to_uppercase().to_string();
    Some(view! {
        <div class="who">
            <span class="tile" aria-hidden="true">
                {initial}
            </span>
            <p dir="auto">{name}</p>
            {links}
        </div>
    })
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As hoped.
    Good,
    /// Not as hoped.
    Bad,
    /// Without a verdict.
    Over,
}

/// How it ended, at a glance; the words beside it say the same.
pub(crate) fn seal(tone: Tone) -> impl IntoView {
    let (class, drawing) = match tone {
        Tone::Good => ("seal good", Icon::Check),
        Tone::Bad => ("seal bad", Icon::Alert),
        Tone::Over => ("seal", Icon::Cross),
    };
    view! { <div class=class>{icon(drawing)}</div> }
}

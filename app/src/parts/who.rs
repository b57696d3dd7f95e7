//! Whose page this is: the organization's initial, name and links; and how it ended, at a glance.

use leptos::prelude::*;

use super::{Drawing, Icon, LinkOut, use_language, web_address};
use crate::view::OrganizationView;

/// Whether the links a careful reader wants before agreeing stand beside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// They do.
    Shown,
    /// The name alone.
    Left,
}

/// The organization; nothing where it is not known.
#[component]
pub(crate) fn Who(organization: OrganizationView, links: Links) -> impl IntoView {
    let name = organization.name.clone();
    let initial = name.chars().find(|c| c.is_alphanumeric())?.to_uppercase().to_string();
    let links = (links == Links::Shown).then(|| view! { <OrganizationLinks organization /> });
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

#[component]
fn OrganizationLinks(organization: OrganizationView) -> impl IntoView {
    let language = use_language();
    let label = language.consent_about(&language.isolate(&organization.name));
    let links = [
        (organization.website, language.consent_website()),
        (organization.privacy_url, language.consent_privacy()),
        (organization.terms_url, language.consent_terms()),
    ]
    .into_iter()
    .filter_map(|(url, text)| web_address(url).map(|url| (url, text)))
    .map(|(url, text)| view! { <li><LinkOut url text /></li> })
    .collect::<Vec<_>>();
    (!links.is_empty()).then(|| view! { <ul class="links" aria-label=label>{links}</ul> })
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

/// How it ended, as a drawing; the words beside it say the same.
#[component]
pub(crate) fn Seal(tone: Tone) -> impl IntoView {
    let (class, drawing) = match tone {
        Tone::Good => ("seal good", Drawing::Check),
        Tone::Bad => ("seal bad", Drawing::Alert),
        Tone::Over => ("seal", Drawing::Cross),
    };
    view! {
        <div class=class>
            <Icon drawing />
        </div>
    }
}

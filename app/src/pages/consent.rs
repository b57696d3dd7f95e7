//! Who asks for what, and why; the user agrees or declines.

use kayle_domain::share::{Claim, ClaimKey};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::api::Consent;
use crate::islands::live::Live;
use crate::locales::Language;
use crate::page::Notice;
use crate::parts::{
    Document, Drawing, Icon, LinkOut, Links, MailLink, News, SimulatedPhone, TimeToExpiry, Who,
    stream, use_language, use_page, web_address,
};
use crate::view::{Details, OrganizationView, SessionView, ShareFieldView};

/// The consent page.
#[component]
pub(crate) fn ConsentPage(view: SessionView, details: Details) -> impl IntoView {
    let language = use_language();
    let Details { organization, share_fields, redirect_host, .. } = details;
    let org = language.isolate(&organization.name);
    let (required, optional): (Vec<_>, Vec<_>) =
        share_fields.into_iter().partition(|field| field.required);
    let session = view.session_id.clone();
    // Declining cancels, so it is offered only to a browser that may cancel.
    let decline = view.can_cancel.then(|| {
        view! {
            <a class="button plain" href=format!("/{session}?ask=cancel")>
                {language.consent_decline()}
            </a>
        }
    });
    let above = view! { <Who organization=organization.clone() links=Links::Shown /> }.into_any();
    let action = ServerAction::<Consent>::new();
    view! {
        <Document
            heading=language.consent_heading(&org)
            session=session.clone()
            step=Some(0)
            news=News::Possible
            above
        >
            <p class="lead">{language.consent_lead()}</p>
            <p class="time">
                <Icon drawing=Drawing::Clock /> <TimeToExpiry expires_at=view.expires_at />
            </p>
            {view.can_cancel.then(|| view! { <Live stream=stream(&view) /> })}
            <ActionForm action attr:autocomplete="off">
                <input type="hidden" name="session" value=session />
                <input type="hidden" name="locale" value=language.tag />
                <RequiredFields org=org.clone() fields=required />
                <OptionalFields org=org.clone() fields=optional />
                <section>
                    <h2>
                        <Icon drawing=Drawing::Hidden /> {language.consent_not_shared(&org)}
                    </h2>
                    <p>{language.consent_not_shared_text(&org)}</p>
                </section>
                <Afterwards host=redirect_host />
                <BiometricConsent />
                <div class="actions">
                    <button type="submit" class="button">
                        {language.consent_agree()}
                    </button>
                    {decline}
                </div>
            </ActionForm>
            <CannotDoThis organization />
            <SimulatedPhone view />
        </Document>
    }
}

/// What the session cannot succeed without: agreed to by agreeing at all.
#[component]
fn RequiredFields(org: String, fields: Vec<ShareFieldView>) -> impl IntoView {
    let language = use_language();
    let heading = language.consent_required(&org);
    let items = fields.into_iter().map(|field| {
        let (name, hint) = words(language, &field.key);
        view! {
            <li class="field">
                <input type="hidden" name="field[]" value=field.key.clone() />
                <p class="name">
                    {name} " " <span class="tag">{language.consent_required_mark()}</span>
                </p>
                <Reason org=org.clone() field hint />
            </li>
        }
    });
    let items = items.collect::<Vec<_>>();
    view! {
        <section>
            <h2>
                <Icon drawing=Drawing::Share /> {heading}
            </h2>
            <ul class="fields">{items}</ul>
        </section>
    }
}

/// What the user may add, each with a box that is not ticked.
#[component]
fn OptionalFields(org: String, fields: Vec<ShareFieldView>) -> impl IntoView {
    if fields.is_empty() {
        return None;
    }
    let language = use_language();
    let lead = language.consent_optional_lead(&org);
    let items = fields.into_iter().enumerate().map(|(at, field)| {
        let (id, about) = (format!("f{at}"), format!("f{at}-why"));
        let (name, hint) = words(language, &field.key);
        view! {
            <div class="field choice">
                <input
                    type="checkbox"
                    name="field[]"
                    value=field.key.clone()
                    id=id.clone()
                    aria-describedby=about.clone()
                />
                <div>
                    <label class="name" for=id>
                        {name}
                    </label>
                    <div id=about>
                        <Reason org=org.clone() field hint />
                    </div>
                </div>
            </div>
        }
    });
    let items = items.collect::<Vec<_>>();
    Some(view! {
        <fieldset>
            <legend>
                <h2>
                    <Icon drawing=Drawing::Plus /> {language.consent_optional()}
                </h2>
            </legend>
            <p>{lead}</p>
            <div class="fields">{items}</div>
        </fieldset>
    })
}

/// What is said about one field: what it means, and why it is asked for, in the organization's words.
#[component]
fn Reason(org: String, field: ShareFieldView, hint: Option<&'static str>) -> impl IntoView {
    let language = use_language();
    let reason = if field.source == "default" {
        view! { {language.consent_added()} }.into_any()
    } else {
        view! {
            {language.consent_says(&org)}
            " "
            <q dir="auto">{field.reason}</q>
        }
        .into_any()
    };
    view! {
        {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
        <p class="reason">{reason}</p>
    }
}

/// A field's plain name and, where it needs one, an explanation.
fn words(language: &'static Language, key: &str) -> (String, Option<&'static str>) {
    let claim = match ClaimKey::parse(key) {
        Some(ClaimKey::Named(claim)) => claim,
        Some(ClaimKey::AgeOver(years)) => {
            return (language.claim_age_over(&years.to_string()), None);
        }
        None => return (key.to_owned(), None),
    };
    let hint = match claim {
        Claim::KayleDocumentId => Some(language.claim_kayle_document_id_hint()),
        Claim::KayleHumanId => Some(language.claim_kayle_human_id_hint()),
        Claim::MrzOptionalData => Some(language.claim_mrz_optional_data_hint()),
        _ => None,
    };
    (claim_name(language, claim).to_owned(), hint)
}

fn claim_name(language: &'static Language, claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => language.claim_document_type_code(),
        Claim::IssuingCountryCode => language.claim_issuing_country_code(),
        Claim::FamilyName => language.claim_family_name(),
        Claim::GivenNames => language.claim_given_names(),
        Claim::DocumentNumber => language.claim_document_number(),
        Claim::NationalityCode => language.claim_nationality_code(),
        Claim::DateOfBirth => language.claim_date_of_birth(),
        Claim::SexMarker => language.claim_sex_marker(),
        Claim::DocumentExpiryDate => language.claim_document_expiry_date(),
        Claim::MrzOptionalData => language.claim_mrz_optional_data(),
        Claim::KayleDocumentId => language.claim_kayle_document_id(),
        Claim::KayleHumanId => language.claim_kayle_human_id(),
    }
}

/// Where the user goes when it is over.
#[component]
fn Afterwards(host: Option<String>) -> impl IntoView {
    /// Stands for the host in the sentence, which no translation holds.
    const HOST: &str = "\u{FFFC}";
    let language = use_language();
    let text = match host {
        Some(host) => {
            let sentence = language.consent_afterwards_text(HOST);
            let (before, after) = sentence.split_once(HOST).unwrap_or((&sentence, ""));
            let (before, after) = (before.to_owned(), after.to_owned());
            view! { <p>{before} <strong dir="ltr">{host}</strong> {after}</p> }.into_any()
        }
        None => view! { <p>{language.consent_afterwards_here()}</p> }.into_any(),
    };
    view! {
        <section>
            <h2>
                <Icon drawing=Drawing::Onward /> {language.consent_afterwards()}
            </h2>
            {text}
        </section>
    }
}

/// The explicit consent to the comparison of the face: a box that is not ticked, and required.
#[component]
fn BiometricConsent() -> impl IntoView {
    let page = use_page();
    let language = page.surroundings.language;
    let missing = page.notice == Some(Notice::BiometricRequired);
    let described = if missing { "notice biometric-about" } else { "biometric-about" };
    view! {
        <section class="card">
            <h2>
                <Icon drawing=Drawing::Face /> {language.consent_face()}
            </h2>
            <p id="biometric-about">{language.consent_biometric_hint()}</p>
            <div class="choice">
                <input
                    type="checkbox"
                    name="biometric"
                    value="true"
                    id="biometric"
                    required
                    aria-describedby=described
                    aria-invalid=missing.then_some("true")
                />
                <label class="name" for="biometric">
                    {language.consent_biometric()}
                </label>
            </div>
        </section>
    }
}

/// Another way, for those who have no such passport or phone, or would rather not.
#[component]
fn CannotDoThis(organization: OrganizationView) -> impl IntoView {
    let language = use_language();
    let org = language.isolate(&organization.name);
    let fallback = web_address(organization.fallback_url).map(|url| {
        view! {
            <p>
                <LinkOut url text=language.consent_fallback(&org) />
            </p>
        }
    });
    let support = organization.support_email.map(|address| {
        view! { <p>{language.consent_support(&org)} " " <MailLink address /></p> }
    });
    let nobody = (fallback.is_none() && support.is_none())
        .then(|| view! { <p>{language.consent_nobody(&org)}</p> });
    view! {
        <details>
            <summary>{language.consent_cannot()}</summary>
            <p>{language.consent_cannot_text()}</p>
            {fallback}
            {support}
            {nobody}
        </details>
    }
}

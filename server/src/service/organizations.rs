//! Organizations and their API keys: what the command line sets up.

use std::sync::Arc;

use kayle_app::view::OrganizationView;
use kayle_domain::OrganizationId;
use kayle_domain::id::ApiKeyId;
use url::Url;

use super::callers::Scope;
use crate::engine::Engine;
use crate::error::Error;
use crate::keys::Purpose;
use crate::store::access::{self, KeyRow, OrganizationRow};

/// The longest name, in Unicode scalar values.
const MAX_NAME: usize = 200;

/// A name, its white space collapsed: 1 to 200 printable characters.
pub fn checked_name(name: &str) -> Result<String, Error> {
    let name = kayle_domain::text::collapse(name);
    let length = name.chars().count();
    if length == 0 || length > MAX_NAME || name.chars().any(kayle_domain::text::is_unsafe) {
        return Err(Error::invalid("name must have 1 to 200 printable characters"));
    }
    Ok(name)
}

fn checked_link(field: &str, link: Option<&String>) -> Result<(), Error> {
    let Some(link) = link else { return Ok(()) };
    let web = Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
    if web { Ok(()) } else { Err(Error::invalid(format!("{field} must be a web address"))) }
}

/// A new organization.
pub async fn create(engine: &Engine, mut view: OrganizationView) -> Result<OrganizationId, Error> {
    view.name = checked_name(&view.name)?;
    checked_link("website", view.website.as_ref())?;
    checked_link("privacy_url", view.privacy_url.as_ref())?;
    checked_link("terms_url", view.terms_url.as_ref())?;
    checked_link("fallback_url", view.fallback_url.as_ref())?;
    if view.support_email.as_deref().is_some_and(|mail| !is_mailbox(mail)) {
        return Err(Error::invalid("support_email must be an e-mail address"));
    }
    let id = OrganizationId::new(engine.now(), engine.entropy.bytes());
    let row = OrganizationRow { id: id.as_str().into(), view, created_at: engine.now().millis() };
    engine.store.write(row, |tx, row| Box::pin(access::insert_organization(tx, row))).await?;
    Ok(id)
}

/// Whether this is an e-mail address, and nothing that a `mailto:` link would read as more: no
/// header, no second address, no quoting (RFC 5321 §4.1.2, RFC 6068 §2).
fn is_mailbox(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let in_name = |c: char| c.is_alphanumeric() || ".!#$'*+-/=^_`{|}~".contains(c);
    let in_host = |c: char| c.is_alphanumeric() || c == '-';
    let is_label = |label: &str| !label.is_empty() && label.chars().all(in_host);
    let fits = text.len() <= 254 && !name.is_empty();
    fits && name.chars().all(in_name) && host.split('.').all(is_label)
}

/// Every organization, oldest first.
pub async fn list(engine: &Engine) -> Result<Vec<OrganizationRow>, Error> {
    let mut conn = engine.store.read().await?;
    Ok(access::organizations(&mut conn).await?)
}

/// One organization, as it was within the last second.
pub async fn one(engine: &Engine, id: &str) -> Result<Option<Arc<OrganizationRow>>, Error> {
    let now = engine.now();
    if let Some(row) = engine.organizations.get(id, now) {
        return Ok(Some(row));
    }
    let row = engine.store.organization(id).await?.map(Arc::new);
    if let Some(row) = &row {
        engine.organizations.put(id.to_owned(), row.clone(), now);
    }
    Ok(row)
}

async fn require(engine: &Engine, id: &str) -> Result<OrganizationId, Error> {
    let missing = || Error::invalid(format!("no organization has the id {id}"));
    let row = one(engine, id).await?.ok_or_else(missing)?;
    row.id.parse().map_err(|_| missing())
}

/// A new API key; its text is returned once and stored only as a hash.
pub async fn create_key(
    engine: &Engine,
    organization: &str,
    name: &str,
    scopes: &[String],
) -> Result<(ApiKeyId, String), Error> {
    let organization = require(engine, organization).await?;
    let strange = scopes.iter().find(|text| !Scope::ALL.iter().any(|s| s.as_str() == *text));
    if let Some(scope) = strange {
        return Err(Error::invalid(format!("scopes: {scope} is not a scope")));
    }
    if scopes.is_empty() {
        return Err(Error::invalid("scopes must name at least one scope"));
    }
    let key = format!("kk_{}", engine.entropy.text::<32>());
    let id = ApiKeyId::new(engine.now(), engine.entropy.bytes());
    let row = KeyRow {
        id: id.as_str().into(),
        organization_id: organization.into(),
        name: checked_name(name)?,
        scopes: scopes.join(","),
        created_at: engine.now().millis(),
        disabled_at: None,
        hash: engine.keys.tag(Purpose::ApiKey, &[&key]),
        last_used_at: None,
    };
    engine.store.write(row, |tx, row| Box::pin(access::insert_key(tx, row))).await?;
    Ok((id, key))
}

/// Every API key, oldest first.
pub async fn keys(engine: &Engine) -> Result<Vec<KeyRow>, Error> {
    let mut conn = engine.store.read().await?;
    Ok(access::keys(&mut conn).await?)
}

/// Disables an API key for good.
pub async fn disable_key(engine: &Engine, id: &str) -> Result<(), Error> {
    let job = (id.to_owned(), engine.now().millis());
    let disabled = engine
        .store
        .write(job, |tx, (id, now)| Box::pin(access::disable_key(tx, id, *now)))
        .await?;
    if disabled { Ok(()) } else { Err(Error::invalid(format!("no enabled key has the id {id}"))) }
}

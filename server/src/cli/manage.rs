//! `kayle migrate`, `kayle org …` and `kayle key …`.

use clap::{Args, Subcommand};
use kayle_app::view::OrganizationView;
use kayle_domain::Timestamp;
use serde_json::{Value, json};

use super::{print, told};
use crate::engine::Engine;
use crate::service::organizations;
use crate::store::Dialect;
use crate::store::access::{KeyRow, OrganizationRow};

/// Organizations.
#[derive(Debug, Subcommand)]
pub(super) enum Org {
    /// Create an organization.
    Create(NewOrg),
    /// List every organization.
    List,
}

/// What is known of a new organization.
#[derive(Debug, Args)]
pub(super) struct NewOrg {
    /// Its name, as users read it.
    #[arg(long)]
    name: String,
    /// Its web site.
    #[arg(long)]
    website: Option<String>,
    /// Its privacy notice.
    #[arg(long)]
    privacy_url: Option<String>,
    /// Its terms.
    #[arg(long)]
    terms_url: Option<String>,
    /// Where its users ask for help.
    #[arg(long)]
    support_email: Option<String>,
    /// Another way, for people who cannot do this.
    #[arg(long)]
    fallback_url: Option<String>,
}

/// API keys.
#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// Create a key; its text is shown only now.
    Create(NewKey),
    /// List every key.
    List,
    /// Disable a key for good.
    Disable {
        /// The key's id.
        id: String,
    },
}

/// What a new key may do.
#[derive(Debug, Args)]
pub(super) struct NewKey {
    /// The organization's id.
    #[arg(long)]
    org: String,
    /// A name for the key.
    #[arg(long)]
    name: String,
    /// Such as sessions:read,sessions:write.
    #[arg(long, value_delimiter = ',', required = true)]
    scopes: Vec<String>,
}

/// `kayle migrate`: opening the database has brought it up to date.
pub(super) fn migrate(engine: &Engine) -> Result<(), String> {
    let database = match engine.store.dialect() {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    };
    print(&json!({ "database": database, "migrated": true }))
}

/// `kayle org …`.
pub(super) async fn org(engine: &Engine, command: Org) -> Result<(), String> {
    let said = match command {
        Org::Create(new) => {
            organizations::create(engine, view(new)).await.map(|id| json!({ "id": id }))
        }
        Org::List => organizations::list(engine)
            .await
            .map(|rows| json!({ "organizations": rows.iter().map(org_json).collect::<Vec<_>>() })),
    };
    print(&said.map_err(|error| told(&error))?)
}

fn view(new: NewOrg) -> OrganizationView {
    OrganizationView {
        name: new.name,
        website: new.website,
        privacy_url: new.privacy_url,
        terms_url: new.terms_url,
        support_email: new.support_email,
        fallback_url: new.fallback_url,
    }
}

fn org_json(row: &OrganizationRow) -> Value {
    let mut object = json!(row.view);
    object["id"] = json!(row.id);
    object["created_at"] = json!(Timestamp::from_millis(row.created_at));
    object
}

/// `kayle key …`.
pub(super) async fn key(engine: &Engine, command: Key) -> Result<(), String> {
    let said = match command {
        Key::Create(new) => organizations::create_key(engine, &new.org, &new.name, &new.scopes)
            .await
            .map(|(id, key)| json!({ "id": id, "key": key })),
        Key::List => organizations::keys(engine)
            .await
            .map(|rows| json!({ "keys": rows.iter().map(key_json).collect::<Vec<_>>() })),
        Key::Disable { id } => organizations::disable_key(engine, &id)
            .await
            .map(|()| json!({ "id": id, "disabled": true })),
    };
    print(&said.map_err(|error| told(&error))?)
}

fn key_json(row: &KeyRow) -> Value {
    json!({
        "id": row.id,
        "organization_id": row.organization_id,
        "name": row.name,
        "scopes": row.scopes.split(',').collect::<Vec<_>>(),
        "created_at": Timestamp::from_millis(row.created_at),
        "disabled_at": row.disabled_at.map(Timestamp::from_millis),
        "last_used_at": row.last_used_at.map(Timestamp::from_millis),
    })
}

//! Puts an engine together from the settings: for the command line and for tests.

use std::time::Duration;

use kayle_domain::Timestamp;
use tokio_util::task::TaskTracker;

use crate::check::attestation::Attestation;
use crate::check::biometric::client::Address;
use crate::check::trust::{self, Trust};
use crate::check::{Judges, Room, biometric};
use crate::config::Config;
use crate::engine::{Clock, Engine, Entropy, Parts};
use crate::http::limit::Limits;
use crate::keys::KeyRing;
use crate::mailbox::Mailbox;
use crate::sandbox::panel::Players;
use crate::sandbox::{passport, secret, verifier};
use crate::service::callers::CallerCache;
use crate::service::recent::Recent;
use crate::store::Store;
use crate::webhook::client::Client;
use crate::webhook::fair::Troubled;
use crate::webhook::guard::Guard;
use crate::webhook::names::Names;
use crate::worker::deliver::Tended;
use crate::worker::deliver::lease::Leases;

impl Engine {
    /// An engine that judges evidence: certificates are loaded, the verifier is known.
    pub async fn build(config: Config, clock: Clock, entropy: Entropy) -> Result<Self, String> {
        let keys = secret::key_ring(&config)?;
        let judges = judges(&config, &keys, clock.now()).await?;
        Self::assemble(config, (clock, entropy), (keys, judges)).await
    }

    /// An engine for what needs no evidence.
    pub async fn build_idle(
        config: Config,
        clock: Clock,
        entropy: Entropy,
    ) -> Result<Self, String> {
        let keys = secret::key_ring(&config)?;
        Self::assemble(config, (clock, entropy), (keys, Judges::default())).await
    }

    /// Opens the database and everything else `config` names; the error is for whoever set it.
    async fn assemble(
        config: Config,
        (clock, entropy): (Clock, Entropy),
        (keys, judges): (KeyRing, Judges),
    ) -> Result<Self, String> {
        let guard = Guard { allow: config.webhook_allow.clone(), loopback: config.sandbox };
        let client =
            Client::new(guard, Names::system(), (config.webhook_timeout, idle_sockets()), &[])
                .map_err(|error| format!("the webhook client cannot start: {error}"))?;
        let store = Store::open(&config).await.map_err(|error| error.to_string())?;
        let limits = Limits::new(config.rate_limit, &clock);
        Ok(Self::new(Parts {
            store,
            clock,
            entropy,
            mailbox: Mailbox::default(),
            keys,
            judges,
            client,
            troubled: Troubled::default(),
            leases: Leases::default(),
            tended: Tended::default(),
            limits,
            callers: CallerCache::default(),
            players: Players::default(),
            organizations: Recent::default(),
            begun: TaskTracker::new(),
            config,
        }))
    }
}

/// Who judges evidence. A sandbox has an authority and a verifier of its own.
async fn judges(config: &Config, keys: &KeyRing, now: Timestamp) -> Result<Judges, String> {
    let given = if config.sandbox { passport::trusted(keys) } else { Vec::new() };
    let mut address = config.biometric.clone();
    if config.sandbox && address.is_none() {
        let url = format!("http://{}", verifier::start().await?);
        let timeout = Duration::from_secs(15);
        address = Some(Address { url, timeout, authority: None, identity: None });
    }
    let trust = (config.sandbox || config.trust_dir.is_some())
        .then(|| Trust::open(config.trust_dir.clone(), given, config.document_policy, now))
        .transpose()?;
    if let Some((_, report)) = &trust {
        trust::log(report);
    }
    let biometric = address.as_ref().map(biometric::Client::new).transpose()?;
    let attestation = config.attestation.as_ref().map(Attestation::load).transpose()?;
    let trust = trust.map(|(trust, _)| trust);
    Ok(Judges { trust, biometric, attestation, room: Room::default() })
}

/// Files and sockets this process may want at once: ten thousand visitors, and deliveries.
const FILES: u64 = 16_384;

/// Raises the process's limit of open files as far as it may; an eighth of it is for connections to
/// subscribers that wait for their next delivery.
fn idle_sockets() -> usize {
    let files = rlimit::increase_nofile_limit(FILES).unwrap_or_else(|error| {
        tracing::warn!(%error, "the limit of open files cannot be raised");
        1024
    });
    if files < FILES {
        tracing::warn!(files, wanted = FILES, "few open files: raise the hard limit (ulimit -Hn)");
    }
    usize::try_from(files / 8).unwrap_or(usize::MAX)
}

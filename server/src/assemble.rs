//! Puts an engine together from the settings: for the command line and for tests.

use crate::check::{Evaluator, Unavailable};
use crate::config::Config;
use crate::engine::{Clock, Engine, Entropy, Parts};
use crate::http::limit::Limits;
use crate::mailbox::Mailbox;
use crate::sandbox::panel::Players;
use crate::sandbox::{SandboxEvaluator, secret};
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
    /// Opens the database and everything else `config` names; the error is for whoever set it.
    pub async fn build(config: Config, clock: Clock, entropy: Entropy) -> Result<Self, String> {
        let keys = secret::key_ring(&config)?;
        let evaluator: Box<dyn Evaluator> = if config.sandbox {
            Box::new(SandboxEvaluator { keys: keys.clone() })
        } else {
            Box::new(Unavailable)
        };
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
            evaluator,
            client,
            troubled: Troubled::default(),
            leases: Leases::default(),
            tended: Tended::default(),
            limits,
            callers: CallerCache::default(),
            players: Players::default(),
            organizations: Recent::default(),
            config,
        }))
    }
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

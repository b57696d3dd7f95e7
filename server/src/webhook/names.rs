//! Host names to addresses: DNS that can be given up on at any moment, and only permitted answers.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hickory_resolver::config::{ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::{ResolverBuilder, TokioResolver};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;
use tokio::time::Instant;

use crate::webhook::guard::Guard;

/// How long one name server may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long the system's settings are believed: a machine's name servers change.
const SETTINGS: Duration = Duration::from_mins(1);

/// Why a host name has no address that may be called.
#[derive(Debug, Error)]
pub enum LookupError {
    /// It does not resolve.
    #[error("the host name does not resolve")]
    Unresolved(#[source] Box<NetError>),
    /// It resolves to refused addresses only.
    #[error("the host name has no permitted address")]
    Blocked,
}

/// Who is asked for addresses; cheap to clone.
#[derive(Debug, Clone)]
pub struct Names {
    given: Option<ResolverConfig>,
    kept: Arc<Mutex<Option<(TokioResolver, Instant)>>>,
}

impl Names {
    /// The machine's own name servers and hosts file.
    pub fn system() -> Self {
        Self { given: None, kept: Arc::default() }
    }

    /// These name servers.
    pub fn asking(config: ResolverConfig) -> Self {
        Self { given: Some(config), kept: Arc::default() }
    }

    fn builder(&self) -> ResolverBuilder<TokioRuntimeProvider> {
        let mut builder = match &self.given {
            Some(config) => {
                let provider = TokioRuntimeProvider::default();
                TokioResolver::builder_with_config(config.clone(), provider)
            }
            None => TokioResolver::builder_tokio().unwrap_or_else(|error| {
                tracing::warn!(%error, "no name servers: only the hosts file is asked");
                let (none, provider) = (ResolverConfig::default(), TokioRuntimeProvider::default());
                TokioResolver::builder_with_config(none, provider)
            }),
        };
        let options: &mut ResolverOpts = builder.options_mut();
        options.timeout = options.timeout.min(PATIENCE);
        builder
    }

    fn resolver(&self) -> Result<TokioResolver, NetError> {
        let mut kept = self.kept.lock().expect("no holder of this lock panics");
        match &*kept {
            Some((resolver, made)) if made.elapsed() < SETTINGS => Ok(resolver.clone()),
            _ => {
                let resolver = self.builder().build()?;
                *kept = Some((resolver.clone(), Instant::now()));
                Ok(resolver)
            }
        }
    }

    /// Every address of `name`, aliases followed.
    async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, NetError> {
        Ok(self.resolver()?.lookup_ip(name).await?.iter().collect())
    }
}

/// Names that have only the addresses a guard permits: whoever connects through it connects to
/// what was checked, and to nothing a second answer says.
#[derive(Debug)]
pub struct GuardedNames {
    /// What may be called.
    pub guard: Guard,
    /// Who is asked.
    pub names: Names,
}

impl GuardedNames {
    async fn lookup(guard: Guard, names: Names, name: String) -> Result<Addrs, LookupError> {
        let unresolved = |error| LookupError::Unresolved(Box::new(error));
        let found = names.addresses(&name).await.map_err(unresolved)?;
        let kept: Vec<_> = found.into_iter().filter(|ip| guard.permits(*ip)).collect();
        if kept.is_empty() {
            return Err(LookupError::Blocked);
        }
        Ok(Box::new(kept.into_iter().map(|ip| SocketAddr::new(ip, 0))))
    }
}

impl Resolve for GuardedNames {
    /// Resolves anew for every connection.
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = Self::lookup(self.guard.clone(), self.names.clone(), name.as_str().to_owned());
        Box::pin(async { Ok(lookup.await?) })
    }
}

#[cfg(test)]
pub(super) mod dns;
#[cfg(test)]
mod tests;

//! Where a webhook may go: every address is checked at the moment of connecting (`spec.md` §6).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use thiserror::Error;
use url::{Host, Url};

/// The longest URL an endpoint may have, in bytes (`spec.md` §6).
pub const MAX_URL_LEN: usize = 2048;

const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), prefix)
}

const fn v6(a: u16, b: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), prefix)
}

/// IANA IPv4 Special-Purpose Address Registry, where not globally reachable; and multicast; and
/// one address that is public by number only.
const NON_GLOBAL_V4: [Ipv4Net; 16] = [
    v4(0, 0, 0, 8),                                           // this network (RFC 791)
    v4(10, 0, 0, 8),                                          // private (RFC 1918)
    v4(100, 64, 0, 10),                                       // shared with the carrier (RFC 6598)
    v4(127, 0, 0, 8),                                         // loopback (RFC 1122)
    v4(169, 254, 0, 16),  // link-local, cloud metadata (RFC 3927)
    v4(172, 16, 0, 12),   // private (RFC 1918)
    v4(192, 0, 0, 24),    // IETF protocol assignments (RFC 6890)
    v4(192, 0, 2, 24),    // documentation (RFC 5737)
    v4(192, 88, 99, 24),  // 6to4 relay, deprecated (RFC 7526)
    v4(192, 168, 0, 16),  // private (RFC 1918)
    v4(198, 18, 0, 15),   // benchmarking (RFC 2544)
    v4(198, 51, 100, 24), // documentation (RFC 5737)
    v4(203, 0, 113, 24),  // documentation (RFC 5737)
    v4(224, 0, 0, 4),     // multicast (RFC 1112)
    v4(240, 0, 0, 4),     // reserved, and the broadcast address (RFC 1112)
    Ipv4Net::new_assert(Ipv4Addr::new(168, 63, 129, 16), 32), // Azure's platform endpoint
];

/// The only IPv6 space given out for global unicast (RFC 4291 §2.4). Outside it lie loopback,
/// IPv4-compatible, local NAT64 `64:ff9b:1::/48`, discard-only, unique local, link-local,
/// site-local, segment routing and multicast.
const GLOBAL_UNICAST_V6: Ipv6Net = v6(0x2000, 0, 3);

/// IANA IPv6 Special-Purpose Address Registry, within global unicast.
const NON_GLOBAL_V6: [Ipv6Net; 4] = [
    v6(0x2001, 0, 23),     // IETF protocols: Teredo, ORCHID, benchmarking (RFC 2928)
    v6(0x2001, 0xdb8, 32), // documentation (RFC 3849)
    v6(0x2002, 0, 16),     // 6to4, which tunnels to any IPv4 address (RFC 3056)
    v6(0x3fff, 0, 20),     // documentation (RFC 9637)
];

/// Well-known NAT64 (RFC 6052): how a network without IPv4 reaches the IPv4 address inside.
const NAT64: Ipv6Net = v6(0x64, 0xff9b, 96);

/// Which addresses may be called beyond the global ones.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// Ranges permitted by the operator.
    pub allow: Vec<IpNet>,
    /// Whether loopback may be called, also without TLS (sandbox).
    pub loopback: bool,
}

/// Why a URL may not be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UrlRefused {
    /// Longer than [`MAX_URL_LEN`].
    #[error("must be at most 2048 bytes long")]
    TooLong,
    /// Not https, nor http to loopback where that is permitted.
    #[error("must be an https URL")]
    Scheme,
    /// A user name or password before the host.
    #[error("must not hold a user name or password")]
    UserInfo,
    /// A literal address that is not permitted.
    #[error("must not point to the address {0}")]
    Address(IpAddr),
}

impl Guard {
    /// Whether `ip` may be called: a permitted range, or globally reachable. IPv4 inside IPv6
    /// (mapped, well-known NAT64) is judged as IPv4.
    pub fn permits(&self, ip: IpAddr) -> bool {
        let inner = unembedded(ip);
        let listed = |net: &IpNet| net.contains(&ip) || net.contains(&inner);
        (self.loopback && ip.to_canonical().is_loopback())
            || self.allow.iter().any(listed)
            || is_global(inner)
    }

    /// Whether `url` may be called, as far as can be seen without resolving its host: needed for
    /// literal addresses, which never meet a resolver.
    pub fn check_url(&self, url: &Url) -> Result<(), UrlRefused> {
        if url.as_str().len() > MAX_URL_LEN {
            return Err(UrlRefused::TooLong);
        }
        let plain_loopback = url.scheme() == "http" && self.loopback && is_loopback(url.host());
        if url.scheme() != "https" && !plain_loopback {
            return Err(UrlRefused::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlRefused::UserInfo);
        }
        match literal(url.host()) {
            Some(ip) if !self.permits(ip) => Err(UrlRefused::Address(ip)),
            _ => Ok(()),
        }
    }
}

fn literal(host: Option<Host<&str>>) -> Option<IpAddr> {
    match host? {
        Host::Ipv4(ip) => Some(ip.into()),
        Host::Ipv6(ip) => Some(ip.into()),
        Host::Domain(_) => None,
    }
}

fn is_loopback(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => name == "localhost",
        other => literal(other).is_some_and(|ip| ip.is_loopback()),
    }
}

fn unembedded(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) if NAT64.contains(&v6) => {
            let [.., a, b, c, d] = v6.octets();
            Ipv4Addr::new(a, b, c, d).into()
        }
        canonical => canonical,
    }
}

fn is_global(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => !NON_GLOBAL_V4.iter().any(|net| net.contains(&v4)),
        IpAddr::V6(v6) => {
            GLOBAL_UNICAST_V6.contains(&v6) && !NON_GLOBAL_V6.iter().any(|net| net.contains(&v6))
        }
    }
}

#[cfg(test)]
mod tests;

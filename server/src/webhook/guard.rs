//! Where a webhook may go: every address is checked at the moment of connecting (`spec.md` §6).

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
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

/// Why a host name has no address that may be called.
#[derive(Debug, Error)]
pub enum LookupError {
    /// It does not resolve.
    #[error("the host name does not resolve")]
    Unresolved(#[source] io::Error),
    /// It resolves to refused addresses only.
    #[error("the host name has no permitted address")]
    Blocked,
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

    async fn lookup(self, name: String) -> Result<Addrs, LookupError> {
        let found = tokio::net::lookup_host((name, 0)).await.map_err(LookupError::Unresolved)?;
        let kept: Vec<SocketAddr> = found.filter(|addr| self.permits(addr.ip())).collect();
        if kept.is_empty() { Err(LookupError::Blocked) } else { Ok(Box::new(kept.into_iter())) }
    }
}

impl Resolve for Guard {
    /// Resolves with the system and keeps only permitted addresses.
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.clone().lookup(name.as_str().to_owned());
        Box::pin(async { Ok(lookup.await?) })
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
mod tests {
    use super::*;

    /// Ordinary addresses, many of them just beside a special range.
    const GLOBAL: &str = "
        1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255
        128.0.0.0 168.63.129.17 172.15.255.255 172.32.0.0 192.0.1.0 198.17.255.255
        198.20.0.0 223.255.255.255 2606:4700:4700::1111 2a00:1450:4001:82b::200e 2001:200::1
        2001:4860:4860::8888 2003::1 3ffe:ffff::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8
    ";

    /// At least one address of every special range.
    const NOT_GLOBAL: &str = "
        0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1
        127.255.255.254 168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
        192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7
        203.0.113.7 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 ::8.8.8.8
        ::127.0.0.1 ::ffff:0:8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
        64:ff9b::10.0.0.1 64:ff9b::127.0.0.1 64:ff9b::169.254.169.254 64:ff9b:1::8.8.8.8
        64:ff9b:0:1::8.8.8.8 100::1 100:0:0:1::1 2001::1
        2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1
        2001:1ff:ffff::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 3fff:fff:ffff::1
        4000::1 5f00::1 fc00::1 fd12:3456:789a::1 fe80::1 fec0::1 ff02::1 ff0e::1
    ";

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    fn lab() -> Guard {
        Guard { allow: vec!["10.1.0.0/16".parse().expect("a range")], loopback: false }
    }

    fn sandbox() -> Guard {
        Guard { allow: Vec::new(), loopback: true }
    }

    #[test]
    fn global_addresses_are_permitted() {
        for text in GLOBAL.split_whitespace() {
            assert!(Guard::default().permits(ip(text)), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in NOT_GLOBAL.split_whitespace() {
            assert!(!Guard::default().permits(ip(text)), "{text}");
        }
    }

    #[test]
    fn an_operator_permits_ranges_in_whatever_form_they_arrive() {
        for text in ["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3"] {
            assert!(lab().permits(ip(text)), "{text}");
        }
        for text in ["10.2.0.1", "127.0.0.1", "::ffff:10.2.0.1", "2002:a01:203::1"] {
            assert!(!lab().permits(ip(text)), "{text}");
        }
    }

    #[test]
    fn the_sandbox_permits_loopback_and_nothing_more() {
        for text in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert!(sandbox().permits(ip(text)), "{text}");
        }
        for text in ["0.0.0.0", "::", "10.0.0.1", "64:ff9b::127.0.0.1", "169.254.169.254"] {
            assert!(!sandbox().permits(ip(text)), "{text}");
        }
    }

    #[test]
    fn urls_are_judged_by_scheme_user_info_length_and_literal() {
        let long = format!("https://example.com/{}", "a".repeat(MAX_URL_LEN));
        let refused = |text: &str| Err(UrlRefused::Address(ip(text)));
        for (text, want) in [
            ("https://example.com/hook", Ok(())),
            ("https://8.8.8.8:8443/", Ok(())),
            ("https://[2606:4700:4700::1111]/", Ok(())),
            ("https://localhost/", Ok(())), // refused by the resolver
            ("http://example.com/", Err(UrlRefused::Scheme)),
            ("http://127.0.0.1/", Err(UrlRefused::Scheme)),
            ("ftp://example.com/", Err(UrlRefused::Scheme)),
            ("https://user@example.com/", Err(UrlRefused::UserInfo)),
            ("https://:secret@example.com/", Err(UrlRefused::UserInfo)),
            (&long, Err(UrlRefused::TooLong)),
            ("https://127.0.0.1/", refused("127.0.0.1")),
            ("https://2130706433/", refused("127.0.0.1")),
            ("https://0x7f.1/", refused("127.0.0.1")),
            ("https://0177.0.0.1./", refused("127.0.0.1")),
            ("https://①②⑦.0.0.1/", refused("127.0.0.1")),
            ("https://[::ffff:7f00:1]/", refused("::ffff:127.0.0.1")),
        ] {
            assert_eq!(Guard::default().check_url(&url(text)), want, "{text}");
        }
    }

    #[test]
    fn plain_http_is_for_loopback_in_the_sandbox() {
        for text in ["http://127.0.0.1:80/", "http://localhost:8000/", "http://[::1]/x"] {
            assert_eq!(sandbox().check_url(&url(text)), Ok(()), "{text}");
        }
        for text in ["http://example.com/", "http://10.0.0.1/", "http://localhost.example/"] {
            assert_eq!(sandbox().check_url(&url(text)), Err(UrlRefused::Scheme), "{text}");
        }
    }

    #[tokio::test]
    async fn resolving_keeps_only_permitted_addresses() {
        let name = || "localhost".parse::<Name>().expect("a name");
        let found = sandbox().resolve(name()).await.expect("loopback is permitted");
        assert!(found.map(|addr| addr.ip()).all(|ip| ip.is_loopback()));
        let Err(error) = Guard::default().resolve(name()).await else {
            panic!("loopback was permitted");
        };
        assert!(matches!(error.downcast_ref(), Some(LookupError::Blocked)));
        let unknown = "nul\0byte".parse().expect("hyper takes any name");
        let Err(error) = Guard::default().resolve(unknown).await else {
            panic!("nonsense resolved");
        };
        assert!(matches!(error.downcast_ref(), Some(LookupError::Unresolved(_))));
    }
}

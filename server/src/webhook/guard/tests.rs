//! What may be called, by table: every range, in every spelling.

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

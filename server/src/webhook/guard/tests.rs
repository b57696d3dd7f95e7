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

/// Every IPv4 range that is not global: written out once more, from the registries and not from
/// the code, each by its first and its last address.
const RANGES_V4: [(&str, &str); 16] = [
    ("0.0.0.0", "0.255.255.255"),
    ("10.0.0.0", "10.255.255.255"),
    ("100.64.0.0", "100.127.255.255"),
    ("127.0.0.0", "127.255.255.255"),
    ("168.63.129.16", "168.63.129.16"),
    ("169.254.0.0", "169.254.255.255"),
    ("172.16.0.0", "172.31.255.255"),
    ("192.0.0.0", "192.0.0.255"),
    ("192.0.2.0", "192.0.2.255"),
    ("192.88.99.0", "192.88.99.255"),
    ("192.168.0.0", "192.168.255.255"),
    ("198.18.0.0", "198.19.255.255"),
    ("198.51.100.0", "198.51.100.255"),
    ("203.0.113.0", "203.0.113.255"),
    ("224.0.0.0", "239.255.255.255"),
    ("240.0.0.0", "255.255.255.255"),
];

/// The same for IPv6, within global unicast and without.
const RANGES_V6: [(&str, &str); 21] = [
    ("::", "::"),
    ("::1", "::1"),
    ("::2", "::ffff"),
    ("::1:0", "::fffe:ffff:ffff"),
    ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
    ("100::", "100::ffff:ffff:ffff:ffff"),
    ("100:0:0:1::", "100::1:ffff:ffff:ffff:ffff"),
    ("200::", "3ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("1000::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"),
    ("2001:10::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("4000::", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
];

/// Every way of writing an IPv4 address that a URL parser may take for one.
fn spellings(ip: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = ip.octets();
    let number = u32::from(ip);
    let (low16, low24) = (number & 0xffff, number & 0xff_ffff);
    let plain = ip.to_string();
    let wide = plain.chars().map(|digit| match digit {
        '0'..='9' => char::from_u32(u32::from(digit) - 0x30 + 0xff10).expect("a full-width digit"),
        _ => '。',
    });
    vec![
        plain.clone(),
        format!("{ip}."),
        number.to_string(),
        format!("{number}."),
        format!("{number:#x}"),
        format!("0x{number:08X}"),
        format!("0{number:o}"),
        format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("000{a:o}.0{b:o}.{c}.{d:#x}"),
        format!("{a}.{low24}"),
        format!("{a:#x}.0{b:o}.{low16}"),
        format!("{a}.{b}.{low16:#x}"),
        wide.collect(),
        plain.replace('.', "%2e"),
        plain.replace('0', "%30"),
    ]
}

/// IPv6 addresses that carry an IPv4 address.
fn carriers(ip: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = ip.octets();
    let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    vec![
        format!("[::ffff:{ip}]"),
        format!("[::ffff:{high:x}:{low:x}]"),
        format!("[0:0:0:0:0:FFFF:{high:X}:{low:X}]"),
        format!("[::{ip}]"),
        format!("[::ffff:0:{high:x}:{low:x}]"),
        format!("[64:ff9b::{ip}]"),
        format!("[64:ff9b::{high:x}:{low:x}]"),
        format!("[64:ff9b:1::{high:x}:{low:x}]"),
        format!("[2002:{high:x}:{low:x}::]"),
        format!("[2002:{high:x}:{low:x}::1]"),
        format!("[2001:0:{high:x}:{low:x}::]"),
        format!("[fe80::5efe:{high:x}:{low:x}]"),
    ]
}

fn edges<T: Copy + Into<IpAddr> + std::str::FromStr>(ranges: &[(&str, &str)]) -> Vec<T> {
    let read = |text: &&str| text.parse().ok().expect("an address of its kind");
    ranges.iter().flat_map(|(first, last)| [read(first), read(last)]).collect()
}

fn middle(ranges: &[(&str, &str)]) -> Vec<Ipv4Addr> {
    let number = |text: &str| u32::from(text.parse::<Ipv4Addr>().expect("an address"));
    let half = |(first, last): &(&str, &str)| number(first) / 2 + number(last) / 2;
    ranges.iter().map(half).map(Ipv4Addr::from).collect()
}

#[test]
fn no_spelling_of_any_range_is_called() {
    let guards = [Guard::default(), lab()];
    let mut seen = 0;
    let mut ips = edges(&RANGES_V4);
    ips.extend(middle(&RANGES_V4[..4]));
    for ip in ips {
        for host in spellings(ip).into_iter().chain(carriers(ip)) {
            let text = format!("https://{host}:8443/hook");
            // What the parser refuses is no URL at all; it must not be taken for a name either.
            let Ok(url) = Url::parse(&text) else { continue };
            assert!(!matches!(url.host(), Some(Host::Domain(_))), "{text} is a name");
            for guard in &guards {
                let judged = guard.check_url(&url);
                assert!(matches!(judged, Err(UrlRefused::Address(_))), "{text}: {judged:?}");
            }
            seen += 1;
        }
    }
    assert!(seen > 36 * 25, "only {seen} were URLs");
    for ip in edges::<Ipv6Addr>(&RANGES_V6) {
        let url = url(&format!("https://[{ip}]/"));
        assert_eq!(Guard::default().check_url(&url), Err(UrlRefused::Address(ip.into())));
    }
}

#[test]
fn the_neighbours_of_every_range_are_called() {
    let ranges: Vec<_> = edges::<Ipv4Addr>(&RANGES_V4).into_iter().map(u32::from).collect();
    let within = |ip: u32| ranges.as_chunks::<2>().0.iter().any(|&[a, b]| (a..=b).contains(&ip));
    let neighbours = ranges.iter().flat_map(|ip| [ip.wrapping_sub(1), ip.wrapping_add(1)]);
    let outside: Vec<_> = neighbours.filter(|ip| !within(*ip)).map(Ipv4Addr::from).collect();
    assert!(outside.len() > 25);
    for ip in outside {
        for host in spellings(ip) {
            let Ok(url) = Url::parse(&format!("https://{host}/")) else { continue };
            assert_eq!(Guard::default().check_url(&url), Ok(()), "{host}");
        }
    }
}

#[test]
fn zones_and_names_that_only_look_like_addresses() {
    for text in [
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[::1%251]/",
        "https://1.2.3.4.5/",
        "https://256.1.1.1/",
        "https://0x100000000/",
        "https://127.0.0.0x1ff/",
        "https://[::ffff:127.0.0.256]/",
        "https://[127.0.0.1]/",
        "https://\u{202e}127.0.0.1/",
        "https://127.0.0.1%00/",
    ] {
        assert!(Url::parse(text).is_err(), "{text}: {:?}", Url::parse(text));
    }
    // Names that mean this machine are for the resolver, whose answers are judged.
    for text in ["https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "https://LOCALHOST./", "https://ｌｏｃａｌｈｏｓｔ/"]
    {
        let url = url(text);
        let Some(Host::Domain(name)) = url.host() else { panic!("{text} is not a name") };
        assert_eq!(name.trim_end_matches('.'), "localhost");
    }
}

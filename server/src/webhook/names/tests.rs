//! Hostile names: rebinding, aliases, mixed answers, silence.

use super::dns::{Dns, Zone};
use super::*;

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

fn addresses(answers: &[&[&str]]) -> Zone {
    Zone::Addresses(answers.iter().map(|one| one.iter().map(|text| ip(text)).collect()).collect())
}

async fn resolve(names: &Names, guard: &Guard, name: &str) -> Result<Vec<IpAddr>, LookupError> {
    let found = GuardedNames::lookup(guard.clone(), names.clone(), name.to_owned()).await?;
    Ok(found.map(|address| address.ip()).collect())
}

fn lab() -> Guard {
    Guard { allow: vec!["10.1.0.0/16".parse().expect("a range")], loopback: false }
}

#[tokio::test]
async fn a_name_that_changes_its_answer_is_judged_by_the_answer_that_counts() {
    let rebinding = addresses(&[&["8.8.8.8"], &["127.0.0.1"]]);
    let dns = Dns::start(&[("rebind.test", rebinding)]).await;
    let (names, guard) = (dns.names(), Guard::default());
    let first = resolve(&names, &guard, "rebind.test").await.expect("public at first");
    assert_eq!(first, [ip("8.8.8.8")]);
    let second = resolve(&names, &guard, "rebind.test").await;
    assert!(matches!(second, Err(LookupError::Blocked)), "{second:?}");
    assert!(dns.asked() >= 3, "every connection asks anew");
}

#[tokio::test]
async fn aliases_are_followed_to_what_they_end_in() {
    let dns = Dns::start(&[
        ("good.test", Zone::Alias("cdn.test")),
        ("cdn.test", addresses(&[&["9.9.9.9"]])),
        ("bad.test", Zone::Alias("one.test")),
        ("one.test", Zone::Alias("two.test")),
        ("two.test", addresses(&[&["169.254.169.254"]])),
        ("local.test", Zone::Alias("localhost")),
        ("localhost", addresses(&[&["127.0.0.1"]])),
        ("nowhere.test", Zone::Alias("missing.test")),
    ])
    .await;
    let names = dns.names();
    let of = async |name| resolve(&names, &Guard::default(), name).await;
    assert_eq!(of("good.test").await.expect("public"), [ip("9.9.9.9")]);
    for name in ["bad.test", "local.test"] {
        assert!(matches!(of(name).await, Err(LookupError::Blocked)), "{name}");
    }
    for name in ["nowhere.test", "missing.test"] {
        assert!(matches!(of(name).await, Err(LookupError::Unresolved(_))), "{name}");
    }
}

#[tokio::test]
async fn of_several_answers_only_the_permitted_ones_are_left() {
    let dns = Dns::start(&[
        ("mixed.test", addresses(&[&["10.0.0.1", "8.8.8.8", "127.0.0.1", "::1", "2606:4700::1"]])),
        ("private.test", addresses(&[&["10.1.2.3", "10.2.3.4", "fd00::1"]])),
        ("mapped.test", addresses(&[&["::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"]])),
    ])
    .await;
    let names = dns.names();
    let mut mixed = resolve(&names, &Guard::default(), "mixed.test").await.expect("two remain");
    mixed.sort();
    assert_eq!(mixed, [ip("8.8.8.8"), ip("2606:4700::1")]);
    assert_eq!(resolve(&names, &lab(), "private.test").await.expect("one"), [ip("10.1.2.3")]);
    for (guard, name) in [(Guard::default(), "private.test"), (lab(), "mapped.test")] {
        let found = resolve(&names, &guard, name).await;
        assert!(matches!(found, Err(LookupError::Blocked)), "{name}: {found:?}");
    }
}

#[tokio::test]
async fn the_machines_own_name_is_loopback_and_judged_as_such() {
    let names = Names::system();
    let sandbox = Guard { loopback: true, ..Guard::default() };
    for name in ["localhost", "LOCALHOST", "localhost."] {
        let found = resolve(&names, &sandbox, name).await.expect("loopback is permitted");
        assert!(!found.is_empty() && found.iter().all(IpAddr::is_loopback), "{name}: {found:?}");
        let found = resolve(&names, &Guard::default(), name).await;
        assert!(matches!(found, Err(LookupError::Blocked)), "{name}: {found:?}");
    }
}

#[tokio::test]
async fn nonsense_does_not_resolve() {
    let dns = Dns::start(&[]).await;
    let long = "a".repeat(300);
    for name in ["", ".", "nul\0byte", "127.0.0.1..", &long] {
        let found = resolve(&dns.names(), &Guard::default(), name).await;
        assert!(matches!(found, Err(LookupError::Unresolved(_))), "{name:?}: {found:?}");
    }
}

#[tokio::test]
async fn a_name_server_that_never_answers_is_given_up_with_the_try() {
    let dns = Dns::start(&[("silent.test", Zone::Silence)]).await;
    let names = dns.names();
    let guard = Guard::default();
    let lookup = resolve(&names, &guard, "silent.test");
    let waited = tokio::time::timeout(Duration::from_millis(200), lookup).await;
    assert!(waited.is_err(), "it cannot have an answer");
}

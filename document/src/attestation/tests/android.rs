//! Android's Key Attestation, genuine and with every single deviation.

use super::key_attestation::{KEY_DESCRIPTION, PROVISIONING};
use super::*;
use crate::attestation::Keeper;
use crate::attestation::issue::Extension;

type Deviation = (fn(&mut AndroidStatement), Refusal);

const DEVIATIONS: &[Deviation] = &[
    (|s| s.challenge[0] ^= 1, Refusal::Challenge),
    (|s| s.challenge.clear(), Refusal::Challenge),
    (|s| s.levels = [0, 1], Refusal::SecurityLevel),
    (|s| s.levels = [1, 0], Refusal::SecurityLevel),
    (|s| s.levels = [1, 3], Refusal::Malformed),
    (|s| s.purposes = vec![3], Refusal::KeyUse),
    (|s| s.purposes = vec![], Refusal::KeyUse),
    (|s| s.algorithm = 1, Refusal::KeyUse),
    (|s| s.origin = 1, Refusal::KeyOrigin),
    (|s| s.origin = 2, Refusal::KeyOrigin),
    (|s| s.boot = None, Refusal::BootUnknown),
    (|s| s.boot = Some((false, 0)), Refusal::BootUnlocked),
    (|s| s.boot = Some((true, 1)), Refusal::BootUnverified),
    (|s| s.boot = Some((true, 2)), Refusal::BootUnverified),
    (|s| s.boot = Some((true, 3)), Refusal::BootUnverified),
    (|s| s.boot = Some((true, 4)), Refusal::Malformed),
    (|s| s.app = None, Refusal::App),
    (|s| rename(s, "org.example.verify2"), Refusal::App),
    (|s| rename(s, "org.example.verif"), Refusal::App),
    (|s| s.app.as_mut().unwrap().signing_digest[31] ^= 1, Refusal::App),
    // A second purpose; entries that are not tagged, or implicitly.
    (|s| s.more[1] = vec![0xa1, 5, 0x31, 3, 2, 1, 2], Refusal::Malformed),
    (|s| s.more[1] = vec![2, 1, 2], Refusal::Malformed),
    (|s| s.more[1] = vec![0x83, 1, 2], Refusal::Malformed),
];

fn rename(statement: &mut AndroidStatement, package: &str) {
    statement.app.as_mut().unwrap().package = package.to_owned();
}

#[test]
fn a_genuine_key_passes() {
    let scene = Scene::new();
    let attested = scene.check_android(&scene.android()).unwrap();
    assert_eq!(attested.keeper, Keeper::TrustedEnvironment);
    assert_eq!(attested.app, "org.example.verify");
    assert!(!attested.development);
    assert_eq!(attested.serials, [[1], [1]]);
}

#[test]
fn a_key_is_kept_as_well_as_the_lesser_of_two_levels() {
    let scene = Scene::new();
    let cases = [
        ([2, 2], Keeper::StrongBox),
        ([1, 2], Keeper::TrustedEnvironment),
        ([2, 1], Keeper::TrustedEnvironment),
    ];
    for (levels, keeper) in cases {
        let statement = AndroidStatement { levels, ..scene.android() };
        assert_eq!(scene.check_android(&statement).map(|attested| attested.keeper), Ok(keeper));
    }
}

#[test]
fn every_deviation_has_its_refusal() {
    let scene = Scene::new();
    for (at, (deviate, refusal)) in DEVIATIONS.iter().enumerate() {
        let mut statement = scene.android();
        deviate(&mut statement);
        assert_eq!(scene.check_android(&statement), Err(*refusal), "deviation {at}");
    }
}

#[test]
fn entries_that_are_not_known_or_not_in_order_change_nothing() {
    let scene = Scene::new();
    // `[3]`, after those with higher tags.
    let more = [Vec::new(), vec![0xa3, 4, 2, 2, 1, 0]];
    let statement = AndroidStatement { more, ..scene.android() };
    assert!(scene.check_android(&statement).is_ok());
}

#[test]
fn a_list_has_an_end() {
    let scene = Scene::new();
    let entry = |number: u8| [0xbf, number, 2, 5, 0];
    let statement = |count| AndroidStatement {
        more: [Vec::new(), (0..count).flat_map(|number| entry(31 + number)).collect()],
        ..scene.android()
    };
    assert!(scene.check_android(&statement(90)).is_ok());
    assert_eq!(scene.check_android(&statement(93)), Err(Refusal::Malformed));
}

#[test]
fn what_software_says_of_the_key_does_not_count() {
    let scene = Scene::new();
    let genuine = scene.android().extension().value;
    // Hardware's list ends with the root of trust, `[704]`.
    let start = genuine.windows(3).position(|tag| tag == [0xbf, 0x85, 0x40]).unwrap();
    let more = [genuine[start..].to_vec(), Vec::new()];
    let statement = AndroidStatement { boot: None, more, ..scene.android() };
    assert_eq!(scene.check_android(&statement), Err(Refusal::BootUnknown));
}

#[test]
fn what_hardware_says_of_the_app_does_not_count() {
    let scene = Scene::new();
    let genuine = scene.android().extension().value;
    let start = genuine.windows(3).position(|tag| tag == [0xbf, 0x85, 0x45]).unwrap();
    let app = &genuine[start..][..4 + usize::from(genuine[start + 3])];
    let more = [Vec::new(), app.to_vec()];
    let statement = AndroidStatement { app: None, more, ..scene.android() };
    assert_eq!(scene.check_android(&statement), Err(Refusal::App));
    let more = [app.to_vec(), Vec::new()];
    let statement = AndroidStatement { app: None, more, ..scene.android() };
    assert!(scene.check_android(&statement).is_ok());
}

/// `[709]` of one package and so many digests, the genuine one last.
fn signed_with(count: u8) -> Vec<u8> {
    let digest = |filler| [&[4, 32], &[filler; 32][..]].concat();
    let element = |tag: u8, content: Vec<u8>| {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        match content.len() {
            0..0x80 => [&[tag, length[1]], &content[..]].concat(),
            0x80..0x100 => [&[tag, 0x81, length[1]], &content[..]].concat(),
            _ => [&[tag, 0x82, length[0], length[1]], &content[..]].concat(),
        }
    };
    let package = element(4, b"org.example.verify".to_vec());
    let package = element(0x30, [package, vec![2, 1, 1]].concat());
    let digests = (1..count).flat_map(|_| digest(1)).chain(digest(9)).collect();
    let id = element(0x30, [element(0x31, package), element(0x31, digests)].concat());
    let entry = element(0xbf, element(4, id));
    [&[0xbf, 0x85, 0x45], &entry[1..]].concat()
}

#[test]
fn an_app_may_have_several_signers_but_not_any_number() {
    let scene = Scene::new();
    let check = |count| {
        let more = [signed_with(count), Vec::new()];
        scene.check_android(&AndroidStatement { app: None, more, ..scene.android() })
    };
    assert!(check(1).is_ok());
    assert!(check(32).is_ok());
    assert_eq!(check(33), Err(Refusal::Malformed));
}

#[test]
fn a_statement_counts_for_the_key_it_is_about() {
    let scene = Scene::new();
    let other = KeyPair::of(b"other").public();
    let chain = scene.android().issue(&scene.vendor, &other, NOW);
    assert_eq!(scene.check_chain(&chain), Err(Refusal::Key));
}

#[test]
fn a_statement_counts_for_the_session_it_was_asked_in() {
    let mut scene = Scene::new();
    let chain = scene.android().issue(&scene.vendor, &scene.point, NOW);
    scene.challenge = challenge("vs_2", "token", "device", &scene.point);
    assert_eq!(scene.check_chain(&chain), Err(Refusal::Challenge));
}

#[test]
fn a_key_on_another_curve_is_not_the_devices() {
    let scene = Scene::new();
    let mut leaf = scene.vendor.leaf(&scene.point, scene.android().extension(), NOW);
    leaf.key_info = chain::generator(crate::Curve::P384);
    assert_eq!(scene.check_chain(&scene.vendor.chain(&leaf)), Err(Refusal::Key));
}

#[test]
fn a_leaf_has_to_state_something_and_no_other_may() {
    let mut scene = Scene::new();
    let statement = scene.android().extension();
    let mut leaf = scene.vendor.leaf(&scene.point, statement.clone(), NOW);
    leaf.extensions.clear();
    assert_eq!(scene.check_chain(&scene.vendor.chain(&leaf)), Err(Refusal::StatementMissing));
    scene.vendor.authority.extensions.push(statement);
    assert_eq!(scene.check_android(&scene.android()), Err(Refusal::StatementMisplaced));
}

#[test]
fn an_attested_key_issues_no_statements() {
    let scene = Scene::new();
    let attested = scene.android().issue(&scene.vendor, &scene.point, NOW);
    let mut forged = scene.vendor.leaf(&scene.point, scene.android().extension(), NOW);
    forged.issuer = "Key of tests";
    let chain = [vec![forged.sign(&scene.device_key)], attested].concat();
    assert_eq!(scene.check_chain(&chain), Err(Refusal::CertificateUsage));
}

#[test]
fn a_statement_that_is_not_whole_is_refused() {
    let scene = Scene::new();
    let genuine = scene.android().extension();
    let cut = genuine.value[..genuine.value.len() - 1].to_vec();
    let longer = [&genuine.value[..], &[5, 0]].concat();
    for value in [cut, longer, Vec::new(), vec![0x30, 0]] {
        let extension = Extension { value, ..genuine.clone() };
        let leaf = scene.vendor.leaf(&scene.point, extension, NOW);
        assert_eq!(scene.check_chain(&scene.vendor.chain(&leaf)), Err(Refusal::Malformed));
    }
}

#[test]
fn certificates_from_the_factory_may_have_expired_and_fetched_ones_may_not() {
    let mut scene = Scene::new();
    scene.vendor.authority.validity.1 = NOW - 1;
    assert!(scene.check_android(&scene.android()).is_ok());
    let fetched = Extension {
        id: "1.3.6.1.4.1.11129.2.1.30".into(),
        critical: false,
        value: vec![0xa1, 1, 1],
    };
    scene.vendor.authority.extensions.push(fetched);
    assert_eq!(scene.check_android(&scene.android()), Err(Refusal::CertificateValidity));
    scene.vendor.authority.extensions.clear();
    scene.vendor.authority.validity.0 = NOW - 60 * DAY;
    assert_eq!(scene.check_android(&scene.android()), Err(Refusal::CertificateValidity));
    scene.vendor.authority.validity.1 = NOW;
    assert!(scene.check_android(&scene.android()).is_ok());
}

#[test]
fn an_expired_root_may_come_along_from_the_factory() {
    let mut scene = Scene::new();
    scene.vendor.root.validity.1 = NOW - 1;
    let mut chain = scene.android().issue(&scene.vendor, &scene.point, NOW);
    chain.push(scene.vendor.root_certificate());
    assert!(scene.check_chain(&chain).is_ok());
}

#[test]
fn the_issuers_names_of_extensions_are_those_that_are_looked_for() {
    let scene = Scene::new();
    assert_eq!(scene.android().extension().id, KEY_DESCRIPTION.to_string());
    assert_eq!("1.3.6.1.4.1.11129.2.1.30", PROVISIONING.to_string());
}

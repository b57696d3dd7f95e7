//! Unit `LDS_B`: data group 1, the machine readable zone.

use kayle_document::Rule;
use kayle_document::issue::{Specimen, dg1};
use kayle_document::mrz::{Form, check_digit};

use super::surgery::{retagged, stating, without};
use super::{Case, Mrtd, Vary, check};

/// Where things are in the zone of a passport, both lines joined.
const NUMBER: usize = 44;
const BIRTH: usize = 57;
const SEX: usize = 64;
const EXPIRY: usize = 65;
const OPTIONAL: usize = 72;
const COMPOSITE: usize = 87;

/// The file's head before the zone: two tags with their lengths.
const HEAD: usize = 5;

fn specimen(mrtd: &mut Mrtd, specimen: &Specimen) {
    mrtd.put(1, dg1(&specimen.mrz(Form::Td3)));
}

/// Prints something else, and the composite check digit that goes with it.
fn print(mrtd: &mut Mrtd, at: usize, text: &str) {
    mrtd.change(1, |file| {
        let mut zone = file[HEAD..].to_vec();
        zone[at..at + text.len()].copy_from_slice(text.as_bytes());
        let covered = [&zone[NUMBER..54], &zone[BIRTH..SEX], &zone[EXPIRY..COMPOSITE]].concat();
        zone[COMPOSITE] = check_digit(&covered);
        [&file[..HEAD], &zone].concat()
    });
}

/// Prints another date with the check digit that goes with it.
fn date(mrtd: &mut Mrtd, at: usize, text: &str) {
    print(mrtd, at, &format!("{text}{}", char::from(check_digit(text.as_bytes()))));
}

/// Prints the check digit behind `length` characters wrong, and the composite one right.
fn miscount(mrtd: &mut Mrtd, at: usize, length: usize) {
    let digit = mrtd.groups[&1][HEAD + at + length];
    let other = char::from(if digit == b'9' { b'0' } else { digit + 1 });
    print(mrtd, at + length, &other.to_string());
}

fn named(mrtd: &mut Mrtd, family: &str, given: &str) {
    let (family_name, given_names) = (family.to_owned(), given.to_owned());
    specimen(mrtd, &Specimen { family_name, given_names, ..Specimen::default() });
}

fn bare(mrtd: &mut Mrtd) {
    specimen(mrtd, &Specimen { optional: String::new(), ..Specimen::default() });
}

const SYNTAX: &[Case] = &[
    ("LDS_B_05", |m| m.change(1, |file| retagged(file, 0x62)), Err(Rule::Dg1Malformed)),
    ("LDS_B_06", |m| m.change(1, |file| stating(file, -1)), Err(Rule::Dg1Malformed)),
    ("LDS_B_07", |m| m.change(1, |file| stating(file, 1)), Err(Rule::Dg1Malformed)),
    ("LDS_B_24", |m| m.change(1, |file| without(file, &[0])), Err(Rule::Dg1Malformed)),
    // An issuer that is none has no signer, so that this is a matter of authenticity.
    ("LDS_B_09", |m| print(m, 2, "U1O"), Err(Rule::CountryMismatch)),
    ("LDS_B_10", |m| print(m, 5, &"<".repeat(39)), Err(Rule::Dg1Malformed)),
    ("LDS_B_13", |m| miscount(m, NUMBER, 9), Err(Rule::CheckDigit)),
    ("LDS_B_15", |m| date(m, BIRTH, "74O812"), Err(Rule::MrzDate)),
    ("LDS_B_16", |m| date(m, BIRTH, "741312"), Err(Rule::MrzDate)),
    ("LDS_B_17", |m| miscount(m, BIRTH, 6), Err(Rule::CheckDigit)),
    ("LDS_B_18", |m| print(m, SEX, "Z"), Err(Rule::Dg1Malformed)),
    ("LDS_B_19", |m| date(m, EXPIRY, "32O415"), Err(Rule::MrzDate)),
    ("LDS_B_20", |m| date(m, EXPIRY, "320431"), Err(Rule::MrzDate)),
    ("LDS_B_21", |m| miscount(m, EXPIRY, 6), Err(Rule::CheckDigit)),
    ("LDS_B_22", |m| miscount(m, OPTIONAL, 14), Err(Rule::CheckDigit)),
    ("LDS_B_23", |m| m.change(1, super::surgery::flipped), Err(Rule::CheckDigit)),
];

#[test]
fn a_zone_that_is_wrong_is_refused() {
    check(&Mrtd::genuine(), SYNTAX);
}

#[test]
fn a_zone_that_is_unusual_is_read() {
    let read = |id: &str, vary: Vary| {
        let mut mrtd = Mrtd::genuine();
        vary(&mut mrtd);
        assert!(mrtd != Mrtd::genuine(), "{id} varies nothing");
        mrtd.judged().map_or_else(|rule| panic!("{id}: {rule}"), |document| document.holder)
    };
    let genuine = Mrtd::genuine().judged().expect("the genuine document").holder;
    // The genuine document has optional data; where it has none, filler and zero are both right.
    assert_eq!(genuine.mrz_optional_data, "ZE184226B", "LDS_B_01");
    assert_eq!(read("LDS_B_04", bare).mrz_optional_data, "");
    let filler = |m: &mut Mrtd| {
        bare(m);
        print(m, OPTIONAL + 14, "<");
    };
    assert_eq!(read("LDS_B_04 unvaried", filler).mrz_optional_data, "");
    assert_eq!(read("LDS_B_02", |m| named(m, "ERIKSSON", "ANNA<M")).given_names, "ANNA M");
    let single = read("LDS_B_03", |m| named(m, "ARKFREITH", ""));
    assert_eq!((single.family_name.as_str(), single.given_names.as_str()), ("ARKFREITH", ""));
    // What follows an unknown part says nothing: half a date is shared only from its year on.
    let cases: [(&str, Vary, &str); 4] = [
        ("LDS_B_25", |m| date(m, BIRTH, "7408<<"), "1974-08"),
        ("LDS_B_26", |m| date(m, BIRTH, "74<<12"), "1974"),
        ("LDS_B_27", |m| date(m, BIRTH, "<<0812"), ""),
        ("LDS_B_28", |m| date(m, BIRTH, "<<<<<<"), ""),
    ];
    for (id, vary, born) in cases {
        assert_eq!(read(id, vary).date_of_birth, born, "{id}");
    }
    // Which documents and nationalities there are is the issuer's to say, and it signed them: they
    // are passed on as they are printed, for whoever asked to judge.
    assert_eq!(read("LDS_B_08", |m| print(m, 0, "ZZ")).document_type_code, "ZZ");
    assert_eq!(read("LDS_B_14", |m| print(m, 54, "U1O")).nationality_code, "U1O");
}

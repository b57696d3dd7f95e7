use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::holder::Holder;
use crate::issue::{Specimen, dg1};

/// 9303-4 Appendix A, 9303-5 Appendix A, 9303-6 Appendix A.
const TD3: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\
                   L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const TD1: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\
                   7408122F1204159UTO<<<<<<<<<<<6\
                   ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
const TD2: &str = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\
                   D231458907UTO7408122F1204159<<<<<<<6";

fn fields(mrz: &Mrz) -> [&str; 9] {
    [
        &mrz.document_code,
        &mrz.issuer,
        &mrz.family_name,
        &mrz.given_names,
        &mrz.document_number,
        &mrz.nationality,
        &mrz.birth,
        &mrz.expiry,
        &mrz.optional_data,
    ]
}

#[test]
fn the_specimens_of_9303_are_read() {
    let named = ["UTO", "ERIKSSON", "ANNA MARIA"];
    let dates = ["UTO", "740812", "120415"];
    for (zone, form, code, number, optional) in [
        (TD3, Form::Td3, "P", "L898902C3", "ZE184226B"),
        (TD1, Form::Td1, "I", "D23145890", ""),
        (TD2, Form::Td2, "I", "D23145890", ""),
    ] {
        let mrz = Mrz::read(&dg1(zone)).expect("a zone");
        assert_eq!((mrz.form, mrz.sex), (form, 'F'));
        let [issuer, family, given] = named;
        let [nationality, birth, expiry] = dates;
        let expected = [code, issuer, family, given, number, nationality, birth, expiry, optional];
        assert_eq!(fields(&mrz), expected);
    }
}

#[test]
fn characters_that_a_zone_cannot_print_are_spaces_in_a_number() {
    let zone = Specimen { number: "L8<98".into(), ..Specimen::default() }.mrz(Form::Td3);
    assert_eq!(Mrz::parse(zone.as_bytes()).expect("a zone").document_number, "L8 98");
    let zone = Specimen { number: "<L898".into(), ..Specimen::default() }.mrz(Form::Td3);
    assert_eq!(Mrz::parse(zone.as_bytes()).err(), Some(Rule::Dg1Malformed));
}

#[test]
fn where_there_is_no_date_its_digit_may_be_a_filler() {
    let none = Specimen { expiry: "<<<<<<".into(), ..Specimen::default() }.mrz(Form::Td3);
    let mut zone = none.into_bytes();
    assert_eq!(zone[44 + 27], b'0');
    assert!(Mrz::parse(&zone).is_ok());
    zone[44 + 27] = b'<';
    assert!(Mrz::parse(&zone).is_ok());
    zone[44 + 27] = b'1';
    assert_eq!(Mrz::parse(&zone).err(), Some(Rule::CheckDigit));
    let mut dated = Specimen::default().mrz(Form::Td3).into_bytes();
    dated[44 + 27] = b'<';
    assert_eq!(Mrz::parse(&dated).err(), Some(Rule::CheckDigit));
}

/// The document number D23145890734 of 9303-5, Part 5 §4.2.2.2 Note j: digits 1–9 in their place,
/// `<` for the check digit, the rest, the check digit and a filler in the optional data.
#[test]
fn a_long_document_number_goes_on_in_the_optional_data() {
    let zone = "I<UTOD23145890<7349<<<<<<<<<<<\
                3407127M9507122UTO<<<<<<<<<<<2\
                STEVENSON<<PETER<JOHN<<<<<<<<<";
    let mrz = Mrz::read(&dg1(zone)).expect("a zone");
    assert_eq!((mrz.document_number.as_str(), mrz.optional_data.as_str()), ("D23145890734", ""));
    let wrong = zone.replacen("7349", "7348", 1);
    assert_eq!(Mrz::read(&dg1(&wrong)), Err(Rule::CheckDigit));
}

#[test]
fn names_are_left_as_printed() {
    for (family, given, read) in [
        ("ERIKSSON", "", ("ERIKSSON", "")),
        ("VAN<DER<MUELLEN", "A<B", ("VAN DER MUELLEN", "A B")),
        ("BENNELONG<WOOLOOMOOLOO<WARRANDYTE", "D<P", ("BENNELONG WOOLOOMOOLOO WARRANDYTE", "D P")),
    ] {
        let specimen = Specimen {
            family_name: family.into(),
            given_names: given.into(),
            ..Specimen::default()
        };
        let mrz = Mrz::read(&dg1(&specimen.mrz(Form::Td3))).expect("a zone");
        assert_eq!((mrz.family_name.as_str(), mrz.given_names.as_str()), read);
    }
    // Cut at the end of the field: nothing is completed.
    let cut = Specimen { given_names: "X".repeat(60), ..Specimen::default() };
    let mrz = Mrz::read(&dg1(&cut.mrz(Form::Td3))).expect("a zone");
    assert_eq!(mrz.given_names, "X".repeat(39 - "ERIKSSON<<".len()));
    // Given names alone, as India prints them, but some name there is.
    let single = Specimen { family_name: String::new(), ..Specimen::default() };
    let mrz = Mrz::read(&dg1(&single.mrz(Form::Td3))).expect("a zone");
    assert_eq!((mrz.family_name.as_str(), mrz.given_names.as_str()), ("", "ANNA MARIA"));
    let nameless = Specimen { given_names: String::new(), ..single };
    assert_eq!(Mrz::read(&dg1(&nameless.mrz(Form::Td3))), Err(Rule::Dg1Malformed));
}

#[test]
fn what_is_no_zone_is_refused() {
    let lower = TD3.replace("ANNA", "Anna");
    let sex = TD3.replacen("2F1", "2Q1", 1);
    for (zone, rule) in [
        (&TD3[1..], Rule::Dg1Malformed),
        ("", Rule::Dg1Malformed),
        (&lower, Rule::Dg1Malformed),
        (&sex, Rule::Dg1Malformed),
    ] {
        assert_eq!(Mrz::read(&dg1(zone)), Err(rule), "{zone}");
    }
    let good = dg1(TD3);
    for file in [&good[..good.len() - 1], &[&good[..], &[0]].concat()] {
        assert_eq!(Mrz::read(file), Err(Rule::Dg1Malformed));
    }
}

#[test]
fn sexes_are_three() {
    for (printed, read) in [('M', 'M'), ('F', 'F'), ('<', 'X'), ('X', 'X')] {
        let specimen = Specimen { sex: printed, ..Specimen::default() };
        let mrz = Mrz::read(&dg1(&specimen.mrz(Form::Td3))).expect("a zone");
        assert_eq!(mrz.sex, read);
    }
}

#[test]
fn nothing_of_a_zone_is_shown() {
    let mrz = Mrz::read(&dg1(TD3)).expect("a zone");
    let holder = Holder::read(&mrz, date!(2010 - 01 - 01)).expect("a holder");
    assert_eq!(format!("{mrz:?} {holder:?}"), "Mrz([redacted]) Holder([redacted])");
}

/// One character, chosen by `turn`, in place of another.
fn changed(zone: &str, at: usize, turn: usize) -> Option<Vec<u8>> {
    let mut bytes = zone.as_bytes().to_vec();
    let alphabet = b"0123456789";
    let new = alphabet[turn % alphabet.len()];
    // Letters and digits ten apart weigh the same: only digits are changed into digits.
    if !bytes[at].is_ascii_digit() || bytes[at] == new {
        return None;
    }
    bytes[at] = new;
    Some(bytes)
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Mrz::read(&bytes);
        let _ = Mrz::parse(&bytes);
    }

    #[test]
    fn no_characters_make_it_panic(zone in "[A-Z0-9<]{90}|[A-Z0-9<]{72}|[A-Z0-9<]{88}") {
        if let Ok(mrz) = Mrz::parse(zone.as_bytes()) {
            let _ = Holder::read(&mrz, date!(2026-05-05));
        }
    }

    #[test]
    fn a_changed_digit_is_noticed(which in 0usize..3, at in 0usize..90, turn in 0usize..10) {
        let zone = [TD3, TD1, TD2][which];
        if at < zone.len() && let Some(bytes) = changed(zone, at, turn) {
            prop_assert_eq!(Mrz::parse(&bytes), Err(Rule::CheckDigit));
        }
    }

    #[test]
    fn what_is_printed_is_read(
        (family, given, number, optional) in
            ("[A-Z]{1,10}(<[A-Z]{1,6})?", "([A-Z]{1,6}(<[A-Z]{1,4})?)?", "[A-Z0-9]{5,12}", "[A-Z0-9]{0,4}"),
        which in 0usize..3,
    ) {
        let form = [Form::Td1, Form::Td2, Form::Td3][which];
        let mut number = number;
        // Passports have no room for a longer one; cards of 72 only for three characters more.
        number.truncate(if form == Form::Td3 { 9 } else { 12 });
        let optional = if form == Form::Td2 { String::new() } else { optional };
        let specimen = Specimen { family_name: family, given_names: given, number, optional, ..Specimen::default() };
        let mrz = Mrz::read(&dg1(&specimen.mrz(form))).expect("a zone");
        prop_assert_eq!(mrz.family_name.replace(' ', "<"), specimen.family_name);
        prop_assert_eq!(mrz.given_names.replace(' ', "<"), specimen.given_names);
        prop_assert_eq!(&mrz.document_number, &specimen.number);
        prop_assert_eq!(&mrz.optional_data, &specimen.optional);
    }
}

//! Unit `LDS_C`: data group 2, the face.

use kayle_document::Rule;
use kayle_document::issue::dg2;
use kayle_document::issue::encode::octets;

use super::surgery::{changed, content, found, replaced, retagged, stating, without};
use super::{Case, Mrtd, check};

/// Ways through the file: the biometric templates, the first one's header, and its record.
const COUNT: [usize; 2] = [0, 0];
const BIOMETRIC_TYPE: [usize; 4] = [0, 1, 0, 1];
const OWNER: [usize; 4] = [0, 1, 0, 2];
const TYPE: [usize; 4] = [0, 1, 0, 3];
const RECORD: [usize; 3] = [0, 1, 1];

/// Where things are in the record (ISO/IEC 19794-5 §5): its length, the face's length, the number
/// of feature points, and behind the facial information the points.
const RECORD_LENGTH: usize = 11;
const FACE_LENGTH: usize = 17;
const POINTS: usize = 19;
const BEHIND: usize = 34;

const JPEG_2000: &[u8] = b"\0\0\0\x0cjP  \r\n\x87\n and what follows";

/// Changes the record, in a file whose lengths are right.
fn record(mrtd: &mut Mrtd, change: impl Fn(&mut Vec<u8>)) {
    mrtd.change(2, |file| {
        let mut record = content(&found(file, &RECORD));
        change(&mut record);
        // The record's own tag has two bytes, the second of which stands before its length.
        let long = octets(&record);
        replaced(file, &RECORD, &[&[0x5f, 0x2e], &long[1..]].concat())
    });
}

/// Changes one byte of the record.
fn set(mrtd: &mut Mrtd, at: usize, value: u8) {
    record(mrtd, |record| record[at] = value);
}

/// Puts a feature point before the image.
fn point(record: &mut Vec<u8>) {
    record[POINTS] = 1;
    record[RECORD_LENGTH] += 8;
    record.splice(BEHIND..BEHIND, [1, 1, 0x21, 0, 0, 100, 0, 100]);
}

fn value(mrtd: &mut Mrtd, path: &[usize], value: u8) {
    mrtd.change(2, |file| {
        changed(file, path, &|element| {
            let mut element = element.to_vec();
            *element.last_mut().expect("a value") = value;
            element
        })
    });
}

/// How feature points come into a record.
type Points = fn(&mut Vec<u8>);

const CASES: &[Case] = &[
    ("LDS_C_01", |m| m.put(2, dg2(JPEG_2000)), Ok(())),
    ("LDS_C_04", |m| m.change(2, |file| retagged(file, 0x76)), Err(Rule::Dg2Malformed)),
    ("LDS_C_05", |m| m.change(2, |file| stating(file, -1)), Err(Rule::Dg2Malformed)),
    ("LDS_C_06", |m| m.change(2, |file| stating(file, 1)), Err(Rule::Dg2Malformed)),
    ("LDS_C_07", |m| m.change(2, |file| without(file, &COUNT)), Err(Rule::Dg2Malformed)),
    ("LDS_C_14", |m| set(m, 0, b'G'), Err(Rule::Dg2Malformed)),
    ("LDS_C_15", |m| set(m, 5, b'9'), Err(Rule::Dg2Malformed)),
    ("LDS_C_28", |m| m.change(2, |file| without(file, &RECORD)), Err(Rule::Dg2Malformed)),
    ("ISO7816_C_08", |m| m.put(2, dg2(b"")), Err(Rule::Dg2Malformed)),
];

/// What the guideline varies here is not what the portrait is found by: it is located and handed
/// on, never decoded, the record says itself that it is a face, and the image what it is. None of
/// these fields makes a portrait that the issuer signed any less theirs.
const UNREAD: &[Case] = &[
    ("LDS_C_08", |m| value(m, &OWNER, 0xff), Ok(())),
    ("LDS_C_09", |m| m.change(2, |file| without(file, &OWNER)), Ok(())),
    ("LDS_C_10", |m| value(m, &TYPE, 0xff), Ok(())),
    ("LDS_C_11", |m| m.change(2, |file| without(file, &TYPE)), Ok(())),
    ("LDS_C_13", |m| value(m, &BIOMETRIC_TYPE, 8), Ok(())),
    ("LDS_C_17", |m| set(m, 20, 0x7f), Ok(())),
    ("LDS_C_18", |m| set(m, 21, 0x7f), Ok(())),
    ("LDS_C_19", |m| set(m, 22, 0x7f), Ok(())),
    ("LDS_C_20", |m| set(m, 28, 0xff), Ok(())),
    ("LDS_C_21", |m| set(m, 29, 0xff), Ok(())),
    ("LDS_C_22", |m| set(m, 30, 0xff), Ok(())),
    ("LDS_C_23", |m| set(m, 31, 0xff), Ok(())),
    ("LDS_C_24", |m| set(m, 32, 0xff), Ok(())),
    ("LDS_C_25", |m| set(m, 33, 0xff), Ok(())),
    ("LDS_C_26", |m| set(m, 34, 0x7f), Ok(())),
    ("LDS_C_27", |m| set(m, 35, 0x7f), Ok(())),
];

#[test]
fn a_face_is_found_or_the_document_refused() {
    // The genuine one has a JPEG image, which is LDS_C_02.
    check(&Mrtd::genuine(), CASES);
    check(&Mrtd::genuine(), UNREAD);
}

#[test]
fn feature_points_stand_before_the_image() {
    let mut jpeg_2000 = Mrtd::genuine();
    jpeg_2000.put(2, dg2(JPEG_2000));
    // Where the face's length leaves the points out, the image ends that much early, but begins
    // where it should: it is still a portrait.
    let cases: [(&str, Points, &[u8]); 2] = [
        (
            "LDS_C_03",
            |record| {
                point(record);
                record[FACE_LENGTH] += 8;
            },
            JPEG_2000,
        ),
        ("LDS_C_16", point, &JPEG_2000[..JPEG_2000.len() - 8]),
    ];
    assert_eq!(jpeg_2000.judged().map(drop), Ok(()));
    for (id, change, image) in cases {
        let mut pointed = jpeg_2000.clone();
        record(&mut pointed, change);
        assert_eq!(pointed.judged().map(drop), Ok(()), "{id}");
        let face = kayle_document::face::Face::read(&pointed.groups[&2]).expect("a face");
        assert_eq!(face.image, image, "{id}");
    }
}

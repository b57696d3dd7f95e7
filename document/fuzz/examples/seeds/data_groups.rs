//! Data groups 1, 2 and 14, each alone in a file.

use kayle_document::chip::issue::{Chip, Spelling};
use kayle_document::issue::encode::{element, long_element};
use kayle_document::issue::{Specimen, dg1, dg2};
use kayle_document::mrz::Form;
use kayle_document::security::Cipher;
use kayle_document::{Curve, Digest, active};

use super::Seed;

/// The beginnings and the end of pictures.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a picture \xff\xd9";
const JP2: &[u8] = b"\0\0\0\x0cjP  \r\n\x87\n a picture";

pub fn seeds() -> Vec<Seed> {
    let short = Specimen::default();
    let long =
        Specimen { number: "L898902C3AB12".into(), optional: String::new(), ..short.clone() };
    let mut seeds: Vec<Seed> = Vec::new();
    for (form, name) in [(Form::Td1, "td1"), (Form::Td2, "td2"), (Form::Td3, "td3")] {
        seeds.push((format!("dg1_{name}"), dg1(&short.mrz(form))));
        seeds.push((format!("zone_{name}"), short.mrz(form).into_bytes()));
    }
    seeds.push(("dg1_td1_long_number".into(), dg1(&long.mrz(Form::Td1))));
    seeds.push(("dg2_19794_jpeg".into(), dg2(JPEG)));
    seeds.push(("dg2_19794_jpeg2000".into(), dg2(JP2)));
    seeds.push(("dg2_39794".into(), extensible(JPEG)));
    let mut random = |bytes: &mut [u8]| openssl::rand::rand_bytes(bytes).expect("random");
    let offer = (Spelling::Named(Curve::P256), Cipher::Aes128, Some(1));
    let pace = [0x30, 0x12, 6, 10, 4, 0, 0x7f, 0, 7, 2, 2, 4, 2, 4, 2, 1, 2, 2, 1, 12];
    let more: [&[u8]; 2] = [&active::issue::info(Digest::Sha256), &pace];
    seeds.push(("dg14".into(), Chip::new(offer, &mut random).dg14(&more)));
    seeds
}

/// EF.DG2 with a face image data block of ISO/IEC 39794-5.
fn extensible(image: &[u8]) -> Vec<u8> {
    let version = element(0xa0, &[&[0x80, 1, 3], &[0x81, 2, 0x07, 0xe3]]);
    let flat = element(0xa0, &[&element(0xa0, &[&element(0x80, &[image]), &[0xa1, 0]])]);
    let block = element(0x30, &[&[0x80, 1, 0], &element(0xa1, &[&flat])]);
    let data = element(0xa1, &[&element(0x65, &[&version, &element(0xa1, &[&block])])]);
    let template =
        long_element(&[0x7f, 0x60], &[&[0xa1, 0], &long_element(&[0x7f, 0x2e], &[&data])]);
    element(0x75, &[&long_element(&[0x7f, 0x61], &[&[2, 1, 1], &template])])
}

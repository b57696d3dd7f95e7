//! Data group 2: where the portrait is (9303-10 §4.7.2). It is located, never decoded.

use crate::failure::Rule;
use crate::tlv::{Malformed, Reader, data_group};

/// How the portrait is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// JPEG 2000 (ISO/IEC 15444-1), in its file format or as a bare code stream.
    Jpeg2000,
}

/// The first portrait of data group 2.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Face<'a> {
    /// How it is compressed.
    pub format: ImageFormat,
    /// The compressed image.
    pub image: &'a [u8],
}

impl std::fmt::Debug for Face<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({:?}, [redacted])", self.format)
    }
}

/// Header of a face record: format, version, length, number of faces (ISO/IEC 19794-5 §5.4).
const RECORD_HEADER: usize = 14;
/// Facial information before the feature points (§5.5), and each of those (§5.6).
const INFORMATION: usize = 20;
const FEATURE_POINT: usize = 8;
/// Image information before the image itself (§5.7).
const IMAGE_INFORMATION: usize = 12;

impl<'a> Face<'a> {
    /// Reads EF.DG2.
    pub fn read(file: &'a [u8]) -> Result<Self, Rule> {
        let image = locate(file).map_err(|_| Rule::Dg2Malformed)?;
        let format = format(image).ok_or(Rule::Dg2Malformed)?;
        Ok(Self { format, image })
    }
}

fn format(image: &[u8]) -> Option<ImageFormat> {
    let begins = |magic: &[u8]| image.starts_with(magic);
    if begins(&[0xff, 0xd8, 0xff]) {
        Some(ImageFormat::Jpeg)
    } else if begins(b"\0\0\0\x0cjP  ") || begins(&[0xff, 0x4f, 0xff, 0x51]) {
        Some(ImageFormat::Jpeg2000)
    } else {
        None
    }
}

/// The image of the first biometric information template (ISO/IEC 7816-11).
fn locate(file: &[u8]) -> Result<&[u8], Malformed> {
    let mut group = Reader::new(data_group(file, 0x75)?);
    let mut templates = Reader::new(group.expect(0x7f61)?);
    group.finish()?;
    let [count] = templates.expect(0x02)? else { return Err(Malformed) };
    let mut first = None;
    for _ in 0..*count {
        let template = templates.expect(0x7f60)?;
        first = first.or(Some(template));
    }
    templates.finish()?;
    let mut template = Reader::new(first.ok_or(Malformed)?);
    template.expect(0xa1)?;
    let data = template.next_object()?;
    template.finish()?;
    match data.tag {
        0x5f2e => record(data.value),
        0x7f2e if data.value.starts_with(b"FAC\0") => record(data.value),
        0x7f2e => extensible(data.value),
        _ => Err(Malformed),
    }
}

fn number(bytes: &[u8], at: usize, length: usize) -> Result<usize, Malformed> {
    let field = bytes.get(at..at + length).ok_or(Malformed)?;
    Ok(field.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// The image of the first face of an ISO/IEC 19794-5 record.
fn record(record: &[u8]) -> Result<&[u8], Malformed> {
    let known = record.starts_with(b"FAC\x00010\x00") && number(record, 8, 4)? <= record.len();
    if !known || number(record, 12, 2)? == 0 {
        return Err(Malformed);
    }
    let faces = &record[RECORD_HEADER..];
    let face = faces.get(..number(faces, 0, 4)?).ok_or(Malformed)?;
    let points = number(face, 4, 2)?.checked_mul(FEATURE_POINT).ok_or(Malformed)?;
    face.get(INFORMATION + points + IMAGE_INFORMATION..).ok_or(Malformed)
}

/// The image of the first representation of an ISO/IEC 39794-5 face image data block, which
/// 9303-10 wraps once more: the representation blocks, the first of them, its image representation,
/// which is a base one, of two dimensions, and the data in it.
fn extensible(data: &[u8]) -> Result<&[u8], Malformed> {
    let data = if data.first() == Some(&0xa1) { data_group(data, 0xa1)? } else { data };
    let block = data_group(data, 0x65)?;
    [0xa1, 0x30, 0xa1, 0xa0, 0xa0, 0x80].into_iter().try_fold(block, child)
}

/// The first child with that tag.
fn child(parent: &[u8], tag: u32) -> Result<&[u8], Malformed> {
    let mut reader = Reader::new(parent);
    loop {
        let object = reader.next_object()?;
        if object.tag == tag {
            return Ok(object.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::dg2;
    use crate::issue::encode::{element, long_element};

    const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9];

    fn extensible_dg2(image: &[u8], tag: u8, wrapped: bool) -> Vec<u8> {
        let version = element(0xa0, &[&[0x80, 1, 3], &[0x81, 2, 0x07, 0xe3]]);
        let flat = element(0xa0, &[&element(0xa0, &[&element(0x80, &[image]), &[0xa1, 0]])]);
        let block = element(0x30, &[&[0x80, 1, 0], &element(0xa1, &[&flat])]);
        let data = element(tag, &[&version, &element(0xa1, &[&block])]);
        let data = if wrapped { element(0xa1, &[&data]) } else { data };
        let template =
            long_element(&[0x7f, 0x60], &[&[0xa1, 0], &long_element(&[0x7f, 0x2e], &[&data])]);
        element(0x75, &[&long_element(&[0x7f, 0x61], &[&[2, 1, 1], &template])])
    }

    #[test]
    fn portraits_of_both_standards_and_formats_are_found() {
        let jp2 = b"\0\0\0\x0cjP  \r\n\x87\n rest";
        let stream = [0xff, 0x4f, 0xff, 0x51, 0, 1];
        for (image, format) in [
            (JPEG, ImageFormat::Jpeg),
            (jp2, ImageFormat::Jpeg2000),
            (&stream, ImageFormat::Jpeg2000),
        ] {
            for file in
                [dg2(image), extensible_dg2(image, 0x65, true), extensible_dg2(image, 0x65, false)]
            {
                assert_eq!(Face::read(&file), Ok(Face { format, image }));
            }
        }
    }

    #[test]
    fn feature_points_are_passed_over() {
        let file = dg2(&[&[0; 16][..], JPEG].concat());
        let at = file.windows(4).position(|bytes| bytes == b"FAC\0").expect("a record");
        let mut pointed = file.clone();
        // Two points: the image information and eight bytes of what follows move behind them.
        pointed[at + 14 + 5] = 2;
        let found = Face::read(&pointed).expect("a face");
        assert_eq!(found.image, JPEG);
    }

    #[test]
    fn what_holds_no_portrait_is_refused() {
        let good = dg2(JPEG);
        let at = good.windows(4).position(|bytes| bytes == b"FAC\0").expect("a record");
        for (offset, value) in [(0, b'X'), (4, b'9'), (10, 0xff), (13, 0), (17, 0xff), (19, 0xff)] {
            let mut file = good.clone();
            file[at + offset] = value;
            assert_eq!(Face::read(&file), Err(Rule::Dg2Malformed), "{offset}");
        }
        // A record may say less than there is: some countries fill up behind it.
        let mut padded = good.clone();
        padded[at + 11] -= 1;
        assert_eq!(Face::read(&padded).map(|face| face.image), Ok(JPEG));
        let mut none = good.clone();
        let count = good.windows(3).position(|bytes| bytes == [2, 1, 1]).expect("a count");
        for value in [0, 2] {
            none[count + 2] = value;
            assert_eq!(Face::read(&none), Err(Rule::Dg2Malformed));
        }
        for file in [&good[..good.len() - 1], &[&good[..], &[0]].concat(), b"", &dg2(b"GIF89a")] {
            assert_eq!(Face::read(file), Err(Rule::Dg2Malformed));
        }
        assert_eq!(Face::read(&extensible_dg2(b"GIF89a", 0x65, true)), Err(Rule::Dg2Malformed));
        assert_eq!(Face::read(&extensible_dg2(JPEG, 0x66, true)), Err(Rule::Dg2Malformed));
    }
}

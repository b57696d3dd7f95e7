//! BER-TLV objects of smart cards (ISO/IEC 7816-4 §5.2.2), read without copies.

/// Not BER-TLV, not the expected object, or more than it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// One object: its tag, as its bytes read as a number, and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object<'a> {
    /// The tag, such as `0x61` or `0x5f1f`.
    pub tag: u32,
    /// The value.
    pub value: &'a [u8],
}

/// Reads object after object.
#[derive(Debug, Clone)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// A reader of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether nothing is left.
    pub fn is_finished(&self) -> bool {
        self.0.is_empty()
    }

    /// The next object.
    pub fn next_object(&mut self) -> Result<Object<'a>, Malformed> {
        let (tag, rest) = tag(self.0)?;
        let (length, rest) = length(rest)?;
        let (value, rest) = rest.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(Object { tag, value })
    }

    /// The value of the next object, which has that tag.
    pub fn expect(&mut self, tag: u32) -> Result<&'a [u8], Malformed> {
        let object = self.next_object()?;
        (object.tag == tag).then_some(object.value).ok_or(Malformed)
    }

    /// Nothing is left.
    pub fn finish(self) -> Result<(), Malformed> {
        self.0.is_empty().then_some(()).ok_or(Malformed)
    }
}

/// A tag of one to three bytes.
fn tag(bytes: &[u8]) -> Result<(u32, &[u8]), Malformed> {
    let (first, mut rest) = bytes.split_first().ok_or(Malformed)?;
    let mut tag = u32::from(*first);
    if first & 0x1f != 0x1f {
        return Ok((tag, rest));
    }
    for _ in 0..2 {
        let (next, after) = rest.split_first().ok_or(Malformed)?;
        (tag, rest) = (tag << 8 | u32::from(*next), after);
        if next & 0x80 == 0 {
            return Ok((tag, rest));
        }
    }
    Err(Malformed)
}

/// A length of one to five bytes; cards need not use the fewest.
fn length(bytes: &[u8]) -> Result<(usize, &[u8]), Malformed> {
    let (first, rest) = bytes.split_first().ok_or(Malformed)?;
    let octets = match first {
        0..=0x7f => return Ok((usize::from(*first), rest)),
        0x81..=0x84 => usize::from(first & 0x7f),
        _ => return Err(Malformed),
    };
    let (length, rest) = rest.split_at_checked(octets).ok_or(Malformed)?;
    let length = length.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet));
    Ok((length, rest))
}

/// The content of the file that is one object of that tag, and nothing after it.
pub fn data_group(file: &[u8], tag: u32) -> Result<&[u8], Malformed> {
    let mut reader = Reader::new(file);
    let content = reader.expect(tag)?;
    reader.finish()?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_lengths_of_every_size_are_read() {
        for (bytes, tag, length) in [
            (&[0x61, 0][..], 0x61, 0),
            (&[0x5f, 0x1f, 1, 9], 0x5f1f, 1),
            (&[0x7f, 0x81, 0x01, 1, 9], 0x7f_8101, 1),
            (&[0x61, 0x81, 1, 9], 0x61, 1),
            (&[0x61, 0x82, 0, 1, 9], 0x61, 1),
            (&[0x61, 0x83, 0, 0, 1, 9], 0x61, 1),
            (&[0x61, 0x84, 0, 0, 0, 1, 9], 0x61, 1),
        ] {
            let mut reader = Reader::new(bytes);
            let object = reader.next_object().expect("an object");
            assert_eq!((object.tag, object.value.len()), (tag, length), "{bytes:x?}");
            assert!(reader.is_finished());
        }
    }

    #[test]
    fn what_is_cut_too_long_or_indefinite_is_refused() {
        for bytes in [
            &[][..],
            &[0x61],
            &[0x5f],
            &[0x7f, 0x81],
            &[0x7f, 0x81, 0x81, 1, 0],
            &[0x61, 1],
            &[0x61, 0x80, 0, 0],
            &[0x61, 0x81],
            &[0x61, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x61, 0x85, 0, 0, 0, 0, 0],
        ] {
            assert_eq!(Reader::new(bytes).next_object(), Err(Malformed), "{bytes:x?}");
        }
        assert_eq!(data_group(&[0x61, 0, 0], 0x61), Err(Malformed));
        assert_eq!(data_group(&[0x61, 0], 0x62), Err(Malformed));
    }
}

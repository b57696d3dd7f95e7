//! Encodings taken apart, changed in one place and put together again, every length corrected.

use kayle_document::issue::encode::long_element;
use kayle_document::tlv::Reader;

/// What becomes of an element.
pub type Change<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

/// The tag of a constructed element, and the elements in it, each whole.
fn open(element: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let object = Reader::new(element).next_object().expect("an element");
    let tag = object.tag.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    let (mut reader, mut rest) = (Reader::new(object.value), object.value);
    let mut parts = Vec::new();
    while !reader.is_finished() {
        let value = reader.next_object().expect("an element").value;
        let end = value.as_ptr().addr() - rest.as_ptr().addr() + value.len();
        let (part, after) = rest.split_at(end);
        parts.push(part.to_vec());
        rest = after;
    }
    (tag, parts)
}

/// The element that `path` leads to: the position of each child on the way.
pub fn found(element: &[u8], path: &[usize]) -> Vec<u8> {
    path.iter().fold(element.to_vec(), |element, at| open(&element).1.swap_remove(*at))
}

/// The content of an element.
pub fn content(element: &[u8]) -> Vec<u8> {
    Reader::new(element).next_object().expect("an element").value.to_vec()
}

/// The encoding with the element at `path` changed, or taken out where nothing is left of it.
pub fn changed(element: &[u8], path: &[usize], change: Change<'_>) -> Vec<u8> {
    let Some((at, rest)) = path.split_first() else { return change(element) };
    let (tag, mut parts) = open(element);
    parts[*at] = changed(&parts[*at], rest, change);
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    long_element(&tag, &parts)
}

/// The encoding with another element at `path`.
pub fn replaced(element: &[u8], path: &[usize], by: &[u8]) -> Vec<u8> {
    changed(element, path, &|_| by.to_vec())
}

/// The encoding without the element at `path`.
pub fn without(element: &[u8], path: &[usize]) -> Vec<u8> {
    replaced(element, path, &[])
}

/// The element with its last bit changed.
pub fn flipped(element: &[u8]) -> Vec<u8> {
    let mut changed = element.to_vec();
    *changed.last_mut().expect("not empty") ^= 1;
    changed
}

/// The file under another tag of one byte.
pub fn retagged(file: &[u8], tag: u8) -> Vec<u8> {
    [&[tag], &file[1..]].concat()
}

/// The file with that much added to the length it states, and no byte more or less.
pub fn stating(file: &[u8], more: i8) -> Vec<u8> {
    let last = if file[1] < 0x80 { 1 } else { 1 + usize::from(file[1] & 0x7f) };
    let mut file = file.to_vec();
    file[last] = file[last].checked_add_signed(more).expect("one byte takes it");
    file
}

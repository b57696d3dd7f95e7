//! What every target asks beside not crashing: no input makes a parser take more than ten times its
//! own size of memory.

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What any call may take, however short its input: tables and results of a fixed size.
const FIXED: usize = 16 * 1024;

/// Runs `parse` on `input` and holds what it took against the input's size.
pub fn within_bounds<T>(input: &[u8], parse: impl FnOnce(&[u8]) -> T) -> T {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let parsed = parse(input);
    let taken = MEMORY.peak_usage().saturating_sub(before);
    let allowed = FIXED + 10 * input.len();
    assert!(taken <= allowed, "{taken} bytes taken for {} given", input.len());
    parsed
}

/// Cuts an input into parts, each behind its length in two bytes; what is left is the last.
pub fn parts<const N: usize>(mut input: &[u8]) -> [&[u8]; N] {
    let mut parts = [&[][..]; N];
    for (at, part) in parts.iter_mut().enumerate() {
        if at + 1 == N {
            *part = input;
            break;
        }
        let Some((length, rest)) = input.split_first_chunk::<2>() else { break };
        let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
        (*part, input) = rest.split_at(length);
    }
    parts
}

/// The input that [`parts`] cuts into `parts`.
pub fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut input = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at + 1 < parts.len() {
            let length = u16::try_from(part.len()).expect("parts of seeds are short");
            input.extend(length.to_be_bytes());
        }
        input.extend_from_slice(part);
    }
    input
}

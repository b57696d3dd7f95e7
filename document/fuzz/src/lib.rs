//! What every target asks beside not crashing: no input makes a parser take more than ten times its
//! own size of memory.
//!
//! Only what Rust allocates is counted. OpenSSL takes its memory from `malloc`: big numbers, points
//! and keys, whose sizes the crate bounds before it hands them over. The fuzzer's own limit
//! (`-rss_limit_mb`) is over both.

use peak_alloc::PeakAlloc;

pub mod targets;

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

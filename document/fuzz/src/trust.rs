#![no_main]

use kayle_document_fuzz::targets;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    targets::trust(input);
});

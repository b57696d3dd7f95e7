//! What the fuzzer is about, without it: the corpus, and inputs made of nothing but the smallest
//! thing each parser keeps something of. All are within bounds; genuine ones are believed.

mod repeated;

use std::fs;
use std::path::Path;

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

/// One test for all: what is counted is the memory of the whole process.
#[test]
fn every_input_is_within_bounds_and_genuine_ones_are_believed() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in fuzz::targets::TARGETS {
        let files = fs::read_dir(corpus.join(name)).expect("a folder for each target");
        let mut genuine = 0;
        for file in files {
            let path = file.expect("a file").path();
            let believed = target(&fs::read(&path).expect("its bytes"));
            // What the fuzzer found is named by a hash of 40 digits.
            let file = path.file_stem().and_then(|name| name.to_str()).expect("a name");
            if file.len() < 40 {
                assert_eq!(believed, !file.ends_with("_refused"), "{}", path.display());
                genuine += usize::from(believed);
            }
        }
        assert!(genuine > 0, "{name} has genuine inputs");
    }
    repeated::run();
}

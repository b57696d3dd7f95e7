//! The WebAssembly entry of the page: hydrates its islands and nothing else.

use kayle_app as _; // linked for its islands, which the page looks up by name
use wasm_bindgen::prelude::wasm_bindgen;

/// Makes every island of the loaded page live; the page's loader calls it once.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

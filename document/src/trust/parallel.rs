//! Maps many values on all cores.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// Fewer values than this are not worth a thread.
const FEW: usize = 16;

/// What `map` makes of each value, in their order.
pub(super) fn map<T: Sync, R: Send>(values: &[T], map: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = values.len().div_ceil(cores).max(FEW);
    if values.len() <= share {
        return values.iter().map(map).collect();
    }
    let map = &map;
    thread::scope(|scope| {
        let start = |part| scope.spawn(move || -> Vec<R> { <[T]>::iter(part).map(map).collect() });
        let parts: Vec<_> = values.chunks(share).map(start).collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|p| resume_unwind(p)));
        joined.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_is_kept() {
        for length in [0, 1, 15, 16, 17, 1_000] {
            let values: Vec<usize> = (0..length).collect();
            let expected: Vec<usize> = values.iter().map(|value| value + 1).collect();
            assert_eq!(super::map(&values, |value| value + 1), expected);
        }
    }
}

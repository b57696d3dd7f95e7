//! Sessions as they were read since the last commit. One process serves a SQLite file, and all its
//! writes go through one task: until that commits again, no session can have changed. Commands beside
//! it write organizations, keys and endpoints, which are not kept here. On PostgreSQL other replicas
//! write sessions too, and every read asks the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::Cache;

use super::StoreError;

/// Rows kept at the most, some 2 kB each.
const CAPACITY: usize = 1_024;

/// What rows say, by their key.
pub(super) struct Unchanged<T>(Arc<Kept<T>>);

struct Kept<T> {
    /// How many transactions have ended.
    commits: AtomicU64,
    /// Each with the commits there were before it was read.
    rows: Cache<String, (u64, T)>,
}

impl<T> Clone for Unchanged<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Clone> Unchanged<T> {
    /// Nothing kept yet.
    pub fn new() -> Self {
        Self(Arc::new(Kept { commits: AtomicU64::default(), rows: Cache::new(CAPACITY) }))
    }

    /// A transaction ended, and its callers were not told yet: what was read before is neither
    /// believed nor kept any more.
    pub fn commit(&self) {
        self.0.commits.fetch_add(1, Ordering::SeqCst);
        self.0.rows.clear();
    }

    /// What was read since the last commit, or what `read` reads now.
    pub async fn row(
        &self,
        key: &str,
        read: impl Future<Output = Result<Option<T>, StoreError>>,
    ) -> Result<Option<T>, StoreError> {
        let Kept { commits, rows } = &*self.0;
        let seen = commits.load(Ordering::SeqCst);
        if let Some((_, row)) = rows.get(key).filter(|(at, _)| *at == seen) {
            return Ok(Some(row));
        }
        // Counted before the read: whatever ends during it makes what was read too old.
        let found = read.await?;
        if let Some(row) = &found {
            rows.insert(key.to_owned(), (seen, row.clone()));
            if commits.load(Ordering::SeqCst) != seen {
                rows.remove(key);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(rows: &Unchanged<u8>, read: Result<Option<u8>, StoreError>) -> Option<u8> {
        rows.row("key", async { read }).await.unwrap_or(None)
    }

    #[tokio::test]
    async fn a_row_is_read_once_between_two_commits() {
        let rows = Unchanged::new();
        assert_eq!(asked(&rows, Ok(Some(1))).await, Some(1));
        assert_eq!(asked(&rows, Ok(Some(2))).await, Some(1), "nothing was committed");
        rows.commit();
        assert_eq!(rows.0.rows.len(), 0, "what was erased is not kept");
        assert_eq!(asked(&rows, Ok(Some(3))).await, Some(3));
        rows.commit();
        assert_eq!(asked(&rows, Ok(None)).await, None);
        assert_eq!(asked(&rows, Ok(Some(4))).await, Some(4), "what is not there is asked for");
        rows.commit();
        assert_eq!(asked(&rows, Err(StoreError::Stale)).await, None);
        assert_eq!(asked(&rows, Ok(Some(5))).await, Some(5), "an error is not kept");
    }

    #[tokio::test]
    async fn what_is_committed_during_a_read_is_seen_by_the_next() {
        let rows = Unchanged::new();
        let during = async {
            rows.commit();
            Ok(Some(1))
        };
        assert_eq!(rows.row("key", during).await.unwrap_or(None), Some(1));
        assert_eq!(rows.0.rows.len(), 0, "nor is it kept");
        assert_eq!(asked(&rows, Ok(Some(2))).await, Some(2));
    }
}

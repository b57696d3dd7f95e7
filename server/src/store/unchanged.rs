//! Rows as they were read since the last commit. One process serves a SQLite file, and all its writes
//! go through one task: until that commits again, no row can have changed. On PostgreSQL other
//! replicas commit too, and every read asks the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::Cache;

use super::StoreError;

/// Rows kept at the most, some 2 kB each.
const CAPACITY: usize = 256;

/// How many transactions have ended; counted before their callers are told.
#[derive(Debug, Clone, Default)]
pub(super) struct Commits(Arc<AtomicU64>);

impl Commits {
    /// A transaction ended, whether with a commit or without.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn seen(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// What rows say, by their key, each with the commits there were before it was read.
#[derive(Clone)]
pub(super) struct Unchanged<T> {
    commits: Commits,
    kept: Arc<Cache<String, (u64, T)>>,
}

impl<T: Clone> Unchanged<T> {
    /// Nothing kept yet.
    pub fn since(commits: Commits) -> Self {
        Self { commits, kept: Arc::new(Cache::new(CAPACITY)) }
    }

    /// What was read since the last commit, or what `read` reads now.
    pub async fn row(
        &self,
        key: &str,
        read: impl Future<Output = Result<Option<T>, StoreError>>,
    ) -> Result<Option<T>, StoreError> {
        let seen = self.commits.seen();
        if let Some((_, row)) = self.kept.get(key).filter(|(at, _)| *at == seen) {
            return Ok(Some(row));
        }
        // Counted before the read: whatever ends during it makes what was read too old to keep.
        let found = read.await?;
        match &found {
            Some(row) => self.kept.insert(key.to_owned(), (seen, row.clone())),
            None => drop(self.kept.remove(key)),
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
        let commits = Commits::default();
        let rows = Unchanged::since(commits.clone());
        assert_eq!(asked(&rows, Ok(Some(1))).await, Some(1));
        assert_eq!(asked(&rows, Ok(Some(2))).await, Some(1), "nothing was committed");
        commits.count();
        assert_eq!(asked(&rows, Ok(Some(3))).await, Some(3));
        commits.count();
        assert_eq!(asked(&rows, Ok(None)).await, None);
        assert_eq!(asked(&rows, Ok(Some(4))).await, Some(4), "what is not there is asked for");
        commits.count();
        assert_eq!(asked(&rows, Err(StoreError::Stale)).await, None);
        assert_eq!(asked(&rows, Ok(Some(5))).await, Some(5), "an error is not kept");
    }

    #[tokio::test]
    async fn what_is_committed_during_a_read_is_seen_by_the_next() {
        let commits = Commits::default();
        let rows = Unchanged::since(commits.clone());
        let during = async {
            commits.count();
            Ok(Some(1))
        };
        assert_eq!(rows.row("key", during).await.unwrap_or(None), Some(1));
        assert_eq!(asked(&rows, Ok(Some(2))).await, Some(2));
    }
}

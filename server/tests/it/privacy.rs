//! Evidence leaves nothing behind: not in the database, not in the log, not in a file, and not in
//! the server's own memory.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kayle_app::page::Scenario;
use kayle_server::config::Secret;
use kayle_server::engine::Entropy;
use kayle_server::keys::KeyRing;
use kayle_server::sandbox::passport::{Design, authority};
use kayle_server::sandbox::phone::{Errand, Kit, Pace, Phone};

use crate::app::{Db, SECRET};
use crate::fleet::{Fleet, Server, eventually};

/// Goes on at once.
struct AtOnce;

impl Pace for AtOnce {
    async fn before(&mut self, _: &'static str) {}
}

/// Length of the pieces that are searched for, in bytes: long enough to be nobody else's.
const PIECE: usize = 24;

/// Pieces of a file, as they are and as they may be written down; without what the authority's own
/// certificate says too, and without fillers.
fn pieces(file: &[u8], public: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    for piece in file.chunks_exact(PIECE) {
        let distinct = piece.iter().collect::<HashSet<_>>().len();
        if distinct < 8 || public.windows(PIECE).any(|window| window == piece) {
            continue;
        }
        pieces.push(piece.to_vec());
        pieces.push(hex::encode(piece).into_bytes());
        pieces.push(STANDARD.encode(piece).into_bytes());
        pieces.push(URL_SAFE_NO_PAD.encode(piece).into_bytes());
    }
    pieces
}

/// Plays every scenario and returns what was read and filmed, by name.
async fn play(server: &Server) -> BTreeMap<String, Vec<u8>> {
    let keys = KeyRing::new(&Secret(SECRET.to_owned()), &[]);
    let mut evidence = BTreeMap::new();
    for scenario in Scenario::ALL {
        let session = server.create().await;
        let id = session["id"].as_str().unwrap().parse().unwrap();
        let kit = Kit { keys: keys.clone(), entropy: Entropy::system(), design: Design::default() };
        let phone = Phone::new(&server.url, id, kit).unwrap();
        for (name, bytes) in phone.evidence() {
            evidence.insert(format!("{} of {}", name, scenario.as_str()), bytes);
        }
        let errand = Errand { scenario, select: None };
        phone.run(&errand, AtOnce).await.unwrap();
    }
    evidence
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// What a process can write to: its memory, without what is only mapped from files to be read.
fn memory(process: u32) -> Vec<(String, Vec<u8>)> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut memory = fs::File::open(format!("/proc/{process}/mem")).unwrap();
    let mut parts = Vec::new();
    for line in
        maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|m| m.starts_with("rw")))
    {
        let (range, rest) = line.split_once(' ').unwrap();
        let (from, to) = range.split_once('-').unwrap();
        let [from, to] = [from, to].map(|text| u64::from_str_radix(text, 16).unwrap());
        // The stack of a system call that just ended is nobody's heap, but it is read all the same.
        memory.seek(SeekFrom::Start(from)).unwrap();
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if memory.read_exact(&mut bytes).is_ok() {
            parts.push((rest.to_owned(), bytes));
        }
    }
    parts
}

/// Where any of the pieces lies.
fn found(searcher: &aho_corasick::AhoCorasick, what: &[u8]) -> Option<usize> {
    searcher.find(what).map(|found| found.pattern().as_usize())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_evidence_stays_anywhere() {
    let fleet = Fleet::start(Db::Sqlite).await;
    let temporary = tempfile::tempdir().unwrap();
    let log = fleet.folder().join("log");
    let settings = [("KAYLE_LOG", "trace"), ("TMPDIR", temporary.path().to_str().unwrap())];
    let server = fleet.serve_logging(&log, &settings).await;
    let evidence = play(&server).await;
    let country = authority(&KeyRing::new(&Secret(SECRET.to_owned()), &[]), *b"UT");
    let mut names = Vec::new();
    let mut patterns = Vec::new();
    for (name, bytes) in &evidence {
        for piece in pieces(bytes, country.certificate()) {
            names.push(name.clone());
            patterns.push(piece);
        }
    }
    assert!(patterns.len() > 500, "{} pieces", patterns.len());
    let searcher = aho_corasick::AhoCorasick::new(&patterns).unwrap();
    let process = server.process();
    // The phone's connections are closed with it; the server needs a moment to notice.
    eventually("no evidence in memory", async || {
        !memory(process).iter().any(|(_, bytes)| found(&searcher, bytes).is_some())
    })
    .await;
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
    let dumps = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(dumps.split_whitespace().nth(4), Some("0"), "{dumps}");
    server.stop().await;
    let written = files(fleet.folder());
    assert!(written.len() >= 2, "{written:?}");
    for path in &written {
        let bytes = fs::read(path).unwrap();
        let what = found(&searcher, &bytes).map(|at| &names[at]);
        assert_eq!(what, None, "in {}", path.display());
    }
    let log = fs::read_to_string(&log).unwrap();
    assert!(log.contains("\"level\":\"TRACE\""), "the log is one of everything");
    for said in ["ERIKSSON", "L898902C3", "740812", "1974-08-12"] {
        assert!(!log.contains(said), "{said} is in the log");
    }
    assert!(files(temporary.path()).is_empty(), "nothing is put aside in files");
}

//! The figures as one aligned table, each beside its target.

use std::fmt;

use crate::call::Call;
use crate::meter::{LENGTH, ROUNDS, WORKERS};

const COLUMNS: usize = 9;
const HEAD: [&str; COLUMNS] =
    ["", "ours", "p50", "p99", "bare route", "store", "ratio", "target", ""];

/// A figure that has to stay below a bound.
pub struct Limit {
    /// What it is.
    pub name: &'static str,
    /// The bound.
    pub most: f64,
    /// Its unit.
    pub unit: &'static str,
}

impl Limit {
    /// The same bound for another figure.
    pub const fn named(&self, name: &'static str) -> Self {
        Self { name, most: self.most, unit: self.unit }
    }

    /// The row for a measured value.
    pub fn row(&self, value: f64) -> Row {
        let Self { name, most, unit } = self;
        let over = value - most;
        let verdict = if over <= 0.0 { "ok".into() } else { format!("short by {over:.2} {unit}") };
        let mut row = Row::named(name);
        row.set(1, format!("{value:.2} {unit}"));
        row.set(7, format!("≤ {most} {unit}"));
        row.set(8, verdict);
        row
    }
}

/// A line of the table.
pub struct Row([String; COLUMNS]);

impl Row {
    fn named(name: &str) -> Self {
        let mut row = Self(Default::default());
        row.set(0, name.to_owned());
        row
    }

    fn set(&mut self, column: usize, text: String) {
        self.0[column] = text;
    }

    /// What the store does without HTTP, for comparison only.
    pub fn rate(name: &str, store: f64) -> Self {
        let mut row = Self::named(name);
        row.set(5, format!("{store:.0} /s"));
        row
    }

    /// A call's rate beside those of its floors: the bare route, and the store without HTTP.
    pub fn compared(call: Call, ours: f64, floors: [f64; 2]) -> Self {
        let mut row = Self::named(call.name());
        row.set(1, format!("{ours:.0} /s"));
        row.set(4, format!("{:.0} /s", floors[0]));
        row.set(5, format!("{:.0} /s", floors[1]));
        row.judged(ours / call.floor(floors), call.target())
    }

    /// A rate beside a reference of the same run, and what part of it is wanted, if any is.
    pub fn against(name: &str, ours: f64, reference: f64, target: Option<f64>) -> Self {
        let mut row = Self::named(name);
        row.set(1, format!("{ours:.0} /s"));
        row.set(4, format!("{reference:.0} /s"));
        row.judged(ours / reference, target)
    }

    /// Adds a ratio, and how it stands to its target.
    fn judged(mut self, ratio: f64, target: Option<f64>) -> Self {
        self.set(6, format!("{ratio:.3}"));
        if let Some(target) = target {
            let short = target - ratio;
            self.set(7, format!("≥ {target}"));
            self.set(8, if short <= 0.0 { "ok".into() } else { format!("short by {short:.3}") });
        }
        self
    }

    /// The same with what requests took, in ms.
    pub fn with_latency(mut self, p50: f64, p99: f64) -> Self {
        self.set(2, format!("{p50:.2} ms"));
        self.set(3, format!("{p99:.2} ms"));
        self
    }
}

/// Every line.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a line.
    pub fn push(&mut self, row: Row) {
        self.0.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = Row(HEAD.map(str::to_owned));
        let lines = || std::iter::once(&head).chain(&self.0);
        let width = |column: usize| lines().map(|row| row.0[column].chars().count()).max();
        let widths: [usize; COLUMNS] = std::array::from_fn(|at| width(at).unwrap_or_default());
        for Row(cells) in lines() {
            write!(f, "{:<1$}", cells[0], widths[0])?;
            for column in 1..COLUMNS - 1 {
                write!(f, "  {:>1$}", cells[column], widths[column])?;
            }
            writeln!(f, "  {}", cells[COLUMNS - 1])?;
        }
        writeln!(
            f,
            "\n{WORKERS} connections over loopback; medians of {ROUNDS} rounds of {LENGTH:?}.\n\
             ratio = ours / the slower of bare route and store (consent page: / bare route).\n\
             store: writes by the same group commit; reads one statement each over the pool, or shared\n\
             as the server's are where it says so."
        )
    }
}

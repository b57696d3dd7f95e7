//! Makes a typed function of every message in `locales/`, and fails where a language lacks one.
//!
//! English is the measure: `consent-heading = { $org } asks…` becomes `consent_heading(&self, org: &str)`,
//! an attribute `.text` the function `…_text`, and a message that selects by `$n` one that gives its
//! plural forms. A message, attribute or argument that another language lacks, or has besides, is an
//! error that names it; so is one whose page code does not fit, for then the compiler speaks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;

/// The language every other one is compared with, and that is shown where none fits.
const MEASURE: &str = "en";

/// CLDR's plural categories.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What a message takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Shape {
    /// The names of its arguments.
    arguments: BTreeSet<String>,
    /// Whether it has a form for each plural category.
    is_counted: bool,
}

/// Every message of a language by `id`, and every attribute by `id.name`.
type Shapes = BTreeMap<String, Shape>;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let mut languages: Vec<(String, PathBuf)> = fs::read_dir("locales")
        .expect("the folder of translations")
        .map(|entry| entry.expect("its entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .collect();
    languages.sort_by_key(|(tag, _)| (tag != MEASURE, tag.clone()));
    let mut complaints = Vec::new();
    let read: Vec<Shapes> =
        languages.iter().map(|(tag, path)| shapes(tag, path, &mut complaints)).collect();
    for ((tag, _), shapes) in languages.iter().zip(&read).skip(1) {
        compare(tag, shapes, &read[0], &mut complaints);
    }
    for complaint in &complaints {
        println!("cargo::error={complaint}");
    }
    if complaints.is_empty() {
        let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets it")).join("messages.rs");
        fs::write(out, generated(&languages, &read[0])).expect("cargo's own folder takes files");
    }
}

fn shapes(tag: &str, path: &Path, complaints: &mut Vec<String>) -> Shapes {
    let source = fs::read_to_string(path).expect("a file of translations");
    let resource = parser::parse(source).unwrap_or_else(|(resource, errors)| {
        complaints.extend(errors.iter().map(|error| format!("{tag}.ftl: {error}")));
        resource
    });
    let mut found = Shapes::new();
    let mut note = |name: String, pattern: &Pattern<String>| match shape(pattern) {
        Ok(shape) => {
            if found.insert(name.clone(), shape).is_some() {
                complaints.push(format!("{tag}.ftl has {name} twice"));
            }
        }
        Err(wrong) => complaints.push(format!("{tag}.ftl: {name} {wrong}")),
    };
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        if let Some(value) = &message.value {
            note(message.id.name.clone(), value);
        }
        for attribute in &message.attributes {
            let name = format!("{}.{}", message.id.name, attribute.id.name);
            note(name, &attribute.value);
        }
    }
    found
}

/// What a pattern takes. Only what the page can render is allowed: text on one line (islands are given texts as
/// lines), arguments, and a choice by `$n` between plural forms that is all there is of its message.
fn shape(pattern: &Pattern<String>) -> Result<Shape, String> {
    if let [PatternElement::Placeable { expression: Expression::Select { selector, variants } }] =
        pattern.elements.as_slice()
    {
        let mut shape = Shape { is_counted: true, ..Shape::default() };
        argument(selector, &mut shape.arguments)?;
        for variant in variants {
            let VariantKey::Identifier { name } = &variant.key else {
                return Err("chooses by a number".to_owned());
            };
            if !CATEGORIES.contains(&name.as_str()) || variant.default != (name == "other") {
                return Err(format!("has {name} where only *other and CLDR's categories may be"));
            }
            let form = self::shape(&variant.value)?;
            if form.is_counted {
                return Err("chooses inside a choice".to_owned());
            }
            shape.arguments.extend(form.arguments);
        }
        return match shape.arguments.iter().map(String::as_str).eq(["n"]) {
            true => Ok(shape),
            false => Err("chooses by something that is not $n, or says more than it".to_owned()),
        };
    }
    let mut shape = Shape::default();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } if value.contains(['\n', '\t']) => {
                return Err("has more than one line, or a tab".to_owned());
            }
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                argument(inline, &mut shape.arguments)?;
            }
            PatternElement::Placeable { expression: Expression::Select { .. } } => {
                return Err("has text beside its choice".to_owned());
            }
        }
    }
    Ok(shape)
}

fn argument(
    inline: &InlineExpression<String>,
    arguments: &mut BTreeSet<String>,
) -> Result<(), String> {
    match inline {
        InlineExpression::VariableReference { id } => arguments.insert(id.name.clone()),
        _ => return Err("has something in braces that is no argument".to_owned()),
    };
    Ok(())
}

fn compare(tag: &str, shapes: &Shapes, measure: &Shapes, complaints: &mut Vec<String>) {
    for (name, wanted) in measure {
        match shapes.get(name) {
            None => complaints.push(format!("{tag}.ftl lacks {name}")),
            Some(shape) if shape != wanted => {
                complaints.push(format!("{tag}.ftl: {name} is {shape:?}, in English {wanted:?}"));
            }
            Some(_) => {}
        }
    }
    for name in shapes.keys().filter(|name| !measure.contains_key(*name)) {
        complaints.push(format!("{tag}.ftl has {name}, which English lacks"));
    }
}

/// The Rust source: where each text stands in a `Language`, and a function that gives it.
fn generated(languages: &[(String, PathBuf)], shapes: &Shapes) -> String {
    let of_kind = |wanted: fn(&Shape) -> bool| {
        let names = shapes.iter().filter(move |(_, shape)| wanted(shape)).map(|(name, _)| name);
        names.cloned().collect::<Vec<_>>()
    };
    let fixed = of_kind(|shape| !shape.is_counted && shape.arguments.is_empty());
    let counted = of_kind(|shape| shape.is_counted);
    let filled = of_kind(|shape| !shape.is_counted && !shape.arguments.is_empty());
    let mut out = String::from("/// Every language's tag and file, English first.\n");
    let _ = writeln!(out, "pub(super) const FILES: [(&str, &str); {}] = [", languages.len());
    for (tag, path) in languages {
        let path = fs::canonicalize(path).expect("it was just read").display().to_string();
        let _ = writeln!(out, "    ({tag:?}, include_str!({path:?})),");
    }
    out.push_str("];\n");
    for (name, list) in [("FIXED", &fixed), ("COUNTED", &counted)] {
        let _ = writeln!(out, "pub(super) const {name}: [&str; {}] = {list:?};", list.len());
    }
    out.push_str("impl Language {\n");
    for (at, name) in fixed.iter().enumerate() {
        let function = name.replace(['-', '.'], "_");
        let _ = writeln!(
            out,
            "    /// `{name}`\n    pub(crate) fn {function}(&'static self) -> &'static str {{ &self.fixed[{at}] }}"
        );
    }
    for (at, name) in counted.iter().enumerate() {
        let function = name.replace(['-', '.'], "_");
        let _ = writeln!(
            out,
            "    /// The plural forms of `{name}`\n    pub(crate) fn {function}(&'static self) -> &'static str {{ &self.counted[{at}] }}"
        );
    }
    for name in &filled {
        let (function, arguments) = (name.replace(['-', '.'], "_"), &shapes[name].arguments);
        let typed: Vec<_> = arguments.iter().map(|name| format!("{name}: &str")).collect();
        let given: Vec<_> = arguments.iter().map(|name| format!("({name:?}, {name})")).collect();
        let _ = writeln!(
            out,
            "    /// `{name}`\n    pub(crate) fn {function}(&self, {}) -> String {{ self.filled({name:?}, &[{}]) }}",
            typed.join(", "),
            given.join(", ")
        );
    }
    out.push_str("}\n");
    out
}

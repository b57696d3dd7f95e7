//! What is in the way.

use leptos::prelude::*;

use crate::backend::use_backend;
use crate::locales::Language;
use crate::page::Problem;
use crate::parts::{Document, News, use_language};

/// A page of its own for every problem, with its HTTP status.
#[component]
pub(crate) fn ProblemPage(problem: Problem) -> impl IntoView {
    use_backend().set_status(problem.status());
    let [heading, text] = words(use_language(), problem);
    view! {
        <Document heading session=None step=None news=News::None>
            <p class="lead">{text}</p>
        </Document>
    }
}

/// The heading, and what it means.
fn words(language: &'static Language, problem: Problem) -> [&'static str; 2] {
    match problem {
        Problem::NotFound => [language.problem_not_found(), language.problem_not_found_text()],
        Problem::Malformed => [language.problem_malformed(), language.problem_malformed_text()],
        Problem::OpenOriginal => {
            [language.problem_open_original(), language.problem_open_original_text()]
        }
        Problem::WrongLink => [language.problem_wrong_link(), language.problem_wrong_link_text()],
        Problem::Forged => [language.problem_forged(), language.problem_forged_text()],
        Problem::Method => [language.problem_method(), language.problem_method_text()],
        Problem::BadForm | Problem::TooLarge | Problem::NoForm => {
            [language.problem_bad_form(), language.problem_bad_form_text()]
        }
        Problem::TimedOut => [language.problem_timed_out(), language.problem_timed_out_text()],
        Problem::TooMany => [language.problem_too_many(), language.problem_too_many_text()],
        Problem::Trouble => [language.problem_trouble(), language.problem_trouble_text()],
    }
}

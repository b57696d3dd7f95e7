//! Every state of the page holds what it must, and nothing of it leaves its place.

#[path = "../examples/gallery/one_page.rs"]
mod one_page;
#[path = "../examples/gallery/render.rs"]
mod render;
#[path = "../examples/gallery/states.rs"]
mod states;

use kayle_app::page::{Assets, Notice, Question, SessionPage};
use kayle_app::view::Aftermath;
use kayle_domain::{CancelledBy, ClaimKey, FailureCode, Status, Step};
use one_page::{Body, Page};
use render::render;
use states::{ID, PROBLEMS, after, all, confirm, consent, field, handoff, outcome, page, progress};

/// The text a reader sees: tags and scripts left out, entities for quotes undone.
fn text(html: &str) -> String {
    let body = html.split_once("<body>").expect("a body").1;
    let mut text = String::new();
    let mut tag = false;
    for c in body.chars() {
        match c {
            '<' => tag = true,
            '>' => {
                tag = false;
                text.push(' ');
            }
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(body: Body) -> String {
    text(&render(page(body)))
}

fn heading(html: &str) -> &str {
    let after = html.split_once("<h1 tabindex=\"-1\">").expect("a heading").1;
    after.split_once("</h1>").expect("its end").0
}

#[test]
fn every_state_is_a_whole_document_with_one_heading() {
    for (name, page) in all() {
        let html = render(page);
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"), "{name}");
        assert!(html.ends_with("</html>"), "{name}");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert!(html.contains(&format!("<title>{} · Kayle</title>", heading(&html))), "{name}");
    }
}

#[test]
fn nothing_needs_inline_styles_or_handlers() {
    for (name, page) in all() {
        let html = render(page);
        let body = html.split_once("<body>").expect("a body").1;
        for forbidden in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
            assert!(!html.contains(forbidden), "{name}: {forbidden}");
        }
        assert!(!body.contains("<script"), "{name}");
        for tag in html.split("<script").skip(1) {
            assert!(
                tag.starts_with(" type=\"module\" nonce=\"bm9uY2U\"")
                    || tag.starts_with(" nonce=\"bm9uY2U\""),
                "{name}"
            );
        }
    }
}

#[test]
fn consent_shows_every_field_its_reason_and_where_it_leads() {
    let body = consent(vec![
        field("family_name", true, "To address you"),
        field("date_of_birth", false, "For a birthday gift"),
        field("age_over_18", true, "Adults only"),
    ]);
    let html = render(page(body));
    for part in [
        "<h1 tabindex=\"-1\">Meridian Bank asks to verify your identity</h1>",
        "<q dir=\"auto\">To address you</q>",
        "<q dir=\"auto\">For a birthday gift</q>",
        "<q dir=\"auto\">Adults only</q>",
        "<input type=\"hidden\" name=\"field[]\" value=\"family_name\">",
        "<input type=\"hidden\" name=\"field[]\" value=\"age_over_18\">",
        "href=\"https://meridian.example/privacy\"",
        "href=\"mailto:help@meridian.example\"",
        "href=\"https://meridian.example/branch\"",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(html.contains("<form action=\"/form/consent\" method=\"post\" autocomplete=\"off\">"));
    assert!(html.contains(&format!("href=\"/{ID}?ask=cancel\"")));
    let text = text(&html);
    for part in
        ["Whether you are over 18 — not your date of birth", "shop.example", "42 minutes left"]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!html.contains(" checked"), "nothing is ticked");
    let optional = html.split("<input").find(|tag| tag.contains("date_of_birth")).expect("there");
    assert!(optional.contains("type=\"checkbox\"") && !optional.contains("required"));
    let face = html.split("<input").find(|tag| tag.contains("\"biometric\"")).expect("there");
    assert!(face.split('>').next().is_some_and(|tag| tag.contains("required")), "{face}");
}

#[test]
fn a_reason_stays_text_whatever_it_holds() {
    let attack = "</q><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    let mut bodies = vec![consent(vec![field("family_name", true, attack)])];
    bodies.push(consent(vec![field(attack, false, "unknown key")]));
    for mut body in bodies {
        if let Body::Session(page) = &mut body
            && let SessionPage::Consent { details, .. } = &mut **page
        {
            details.organization.name = attack.to_owned();
            details.organization.website = Some("javascript:alert(1)".to_owned());
            details.redirect_host = Some(attack.to_owned());
        }
        let html = render(page(body));
        assert!(!html.contains("<script>alert") && !html.contains("<img"), "{html}");
        assert!(!html.contains("javascript:"), "{html}");
    }
}

#[test]
fn every_claim_has_a_plain_name() {
    let mut names = Vec::new();
    for key in ClaimKey::NAMES {
        let text = shown(consent(vec![field(key, false, "why")]));
        assert!(!text.contains(key), "{key} is shown as it is");
        names.push(text);
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), ClaimKey::NAMES.len(), "two claims share a name");
}

#[test]
fn a_computer_sees_the_code_first_and_a_phone_the_link() {
    let computer = render(page(handoff(false)));
    let phone = render(page(handoff(true)));
    for html in [&computer, &phone] {
        assert!(html.contains("<title id=\"qr-title\">QR code"));
        assert!(html.contains("https://verify.example/app#"));
        assert!(html.contains(&format!("content=\"20;url=/{ID}\"")));
    }
    let at = |html: &str, part: &str| html.find(part).expect("there");
    assert!(at(&computer, "id=\"qr\"") < at(&computer, "id=\"handoff-link\""));
    assert!(at(&phone, "Open the app</a>") < at(&phone, "id=\"qr\""));
}

#[test]
fn progress_shows_the_code_the_attempts_and_what_went_wrong() {
    let text = shown(progress(Step::Face, Some(FailureCode::LivenessFailed)));
    for part in [
        "Your phone shows 4821",
        "Not your phone? Disconnect it",
        "Passport chip 2 of 3: two left",
        "Face 1 of 3: this is the last one",
        "We could not see clearly that a person is in front of the camera.",
        "Cancel verification",
        "Check now",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn every_outcome_has_its_own_words() {
    let mut seen = vec![
        shown(outcome(Status::Succeeded, |_| ())),
        shown(outcome(Status::Expired, |_| ())),
        shown(outcome(Status::Cancelled, |_| ())),
        shown(outcome(Status::Failed, |_| ())),
    ];
    for by in [CancelledBy::User, CancelledBy::Organization] {
        seen.push(shown(outcome(Status::Cancelled, |view| view.cancelled_by = Some(by))));
    }
    for code in FailureCode::ALL {
        seen.push(shown(outcome(Status::Failed, |view| view.failure_code = Some(*code))));
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}

#[test]
fn an_outcome_leads_on_by_a_link_and_withdraws_only_where_that_is_possible() {
    let html = render(page(outcome(Status::Succeeded, |view| view.can_withdraw = true)));
    assert!(html.contains("href=\"https://shop.example/done?session_id="));
    assert!(html.contains("Continue to shop.example</a>"));
    assert!(html.contains(&format!("/{ID}?ask=withdraw")));
    let html = render(page(outcome(Status::Succeeded, |view| view.redirect_url = None)));
    assert!(!html.contains("ask=withdraw") && !html.contains("Countdown"));
}

#[test]
fn every_question_posts_to_its_own_address_and_leads_back() {
    for question in [Question::Cancel, Question::Withdraw, Question::Release] {
        let html = render(page(confirm(question)));
        assert!(html.contains(&format!("action=\"/form/{}\"", question.as_str())));
        assert!(html.contains(&format!("<input type=\"hidden\" name=\"session\" value=\"{ID}\">")));
        assert!(html.contains(&format!("href=\"/{ID}\"")));
    }
}

#[test]
fn every_notice_and_problem_has_text() {
    for code in [
        "biometric_required",
        "selection_incomplete",
        "consent_frozen",
        "released",
        "changed",
        "too_many",
        "trouble",
    ] {
        let notice = Notice::parse(code);
        assert!(notice.is_some(), "{code}");
        let html = render(Page { notice, ..page(consent(Vec::new())) });
        let after = html.split_once("id=\"notice\"").expect("a notice").1;
        assert!(after.split_once('>').is_some_and(|(_, text)| text.len() > 20), "{code}");
    }
    let mut headings: Vec<_> = PROBLEMS
        .iter()
        .map(|(problem, _)| heading(&render(page(Body::Problem(*problem)))).to_owned())
        .collect();
    headings.sort();
    headings.dedup();
    // A form that is too large, or none, is told in the words of one that cannot be read.
    assert_eq!(headings.len(), PROBLEMS.len() - 2);
}

#[test]
fn only_waiting_pages_refresh_themselves() {
    for (name, page) in all() {
        let html = render(page);
        let waits = name.starts_with("handoff")
            || name.starts_with("progress")
            || name == "notice-released";
        assert_eq!(html.contains("http-equiv=\"refresh\""), waits, "{name}");
        assert_eq!(html.contains(" data-awaited"), waits, "{name}");
    }
}

#[test]
fn without_assets_there_is_no_script() {
    let html = render(Page { assets: Assets::default(), ..page(handoff(false)) });
    assert!(!html.contains("<script") && !html.contains("preload"));
}

#[test]
fn the_sandbox_says_so_on_every_page() {
    for (name, page) in all() {
        let html = render(Page { sandbox: true, ..page });
        assert!(html.contains("Sandbox: nothing here is real"), "{name}");
    }
}

#[test]
fn a_withdrawal_is_offered_only_while_it_changes_something() {
    let succeeded = || outcome(Status::Succeeded, |view| view.can_withdraw = true);
    let cancelled =
        || outcome(Status::Cancelled, |view| view.cancelled_by = Some(CancelledBy::User));
    let then = |withdrawn, reached, waiting| Aftermath { withdrawn, reached, waiting };
    let link = format!("href=\"/{ID}?ask=withdraw\"");
    for (body, then, offered, said) in [
        (succeeded(), then(false, false, true), true, "what has not reached Meridian Bank yet"),
        (succeeded(), then(false, true, true), true, "what has not reached Meridian Bank yet"),
        (succeeded(), then(false, false, false), true, "what has not reached Meridian Bank yet"),
        (succeeded(), then(false, true, false), false, "has already reached Meridian Bank"),
        (succeeded(), then(true, true, false), false, "only Meridian Bank can delete the rest"),
        (cancelled(), then(true, false, false), false, "You withdrew this verification"),
        (cancelled(), then(false, false, false), false, "You cancelled this verification"),
    ] {
        let html = render(page(after(body, then)));
        assert_eq!(html.contains(&link), offered, "{then:?}");
        assert!(text(&html).contains(said), "{then:?}: {}", text(&html));
    }
}

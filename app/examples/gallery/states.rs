//! Every state of the page, as the server would hand it over.

use super::one_page::{Body, Page};
use kayle_app::page::{Assets, Notice, Problem, Question, SessionPage};
use kayle_app::view::{
    Aftermath, BudgetView, Details, DeviceView, HandoffView, OrganizationView, QrCode, SessionView,
    ShareFieldView, TriesView,
};
use kayle_domain::{CancelledBy, ClaimKey, FailureCode, Status, Step, Timestamp};

/// The session of every state.
pub const ID: &str = "vs_019e0000000070008000000000000001";

/// When every state is rendered: 2026-05-05T11:20:00Z.
pub const NOW: i64 = 1_777_980_000_000;

/// The problems.
pub const PROBLEMS: [(Problem, &str); 12] = [
    (Problem::NotFound, "not-found"),
    (Problem::Malformed, "malformed"),
    (Problem::OpenOriginal, "open-original"),
    (Problem::WrongLink, "wrong-link"),
    (Problem::Forged, "forged"),
    (Problem::Method, "method"),
    (Problem::BadForm, "bad-form"),
    (Problem::TooLarge, "too-large"),
    (Problem::NoForm, "no-form"),
    (Problem::TimedOut, "timed-out"),
    (Problem::TooMany, "too-many"),
    (Problem::Trouble, "trouble"),
];

/// A session at a step.
pub fn session(status: Status, step: Step) -> SessionView {
    let open = !status.is_terminal();
    let bound = status == Status::InProgress;
    SessionView {
        session_id: ID.to_owned(),
        version: 1,
        status,
        step,
        is_terminal: !open,
        expires_at: Timestamp::from_millis(NOW + 42 * 60_000 + 500),
        completed_at: (!open).then(|| Timestamp::from_millis(NOW)),
        redirect_url: (!open)
            .then(|| format!("https://shop.example/done?session_id={ID}&status={status}")),
        same_device_only: bound,
        device: DeviceView {
            connected: bound,
            confirmation_code: bound.then(|| "4821".to_owned()),
            last_seen_at: bound.then(|| Timestamp::from_millis(NOW)),
        },
        tries: TriesView { nfc: budget(0), liveness: budget(0) },
        last_failure_code: None,
        failure_code: None,
        cancelled_by: None,
        can_cancel: open,
        can_withdraw: false,
        locale: None,
    }
}

/// Failed evaluations of one check.
pub fn budget(used: u8) -> BudgetView {
    BudgetView { used, remaining: 3 - used }
}

/// Who asks.
pub fn organization() -> OrganizationView {
    OrganizationView {
        name: "Meridian Bank".to_owned(),
        website: Some("https://meridian.example".to_owned()),
        privacy_url: Some("https://meridian.example/privacy".to_owned()),
        terms_url: Some("https://meridian.example/terms".to_owned()),
        support_email: Some("help@meridian.example".to_owned()),
        fallback_url: Some("https://meridian.example/branch".to_owned()),
    }
}

/// One claim that is asked for.
pub fn field(key: &str, required: bool, reason: &str) -> ShareFieldView {
    let source = if reason.starts_with("Sharing") { "default" } else { "rc" };
    ShareFieldView {
        key: key.to_owned(),
        required,
        reason: reason.to_owned(),
        source: source.to_owned(),
    }
}

/// What is asked for.
pub fn details(share_fields: Vec<ShareFieldView>) -> Details {
    Details {
        organization: organization(),
        share_fields,
        redirect_host: Some("shop.example".to_owned()),
        locale: None,
        expires_at: Timestamp::from_millis(NOW + 42 * 60_000 + 500),
    }
}

/// A page around a body.
pub fn page(body: Body) -> Page {
    Page {
        lang: "en".to_owned(),
        nonce: "bm9uY2U".to_owned(),
        assets: Assets {
            css: "/pkg/kayle.1.css".to_owned(),
            js: "/pkg/kayle.1.js".to_owned(),
            wasm: "/pkg/kayle_bg.1.wasm".to_owned(),
        },
        sandbox: false,
        notice: None,
        now_millis: NOW,
        body,
    }
}

/// The consent page for these fields.
pub fn consent(fields: Vec<ShareFieldView>) -> Body {
    let view = session(Status::Created, Step::Consent);
    SessionPage::Consent { view, details: details(fields) }.into()
}

fn usual() -> Vec<ShareFieldView> {
    vec![
        field("family_name", true, "To open the account in your name"),
        field("nationality_code", false, "Tax rules depend on it"),
        field("kayle_document_id", true, "Sharing \"Kayle Document ID\""),
        field("kayle_human_id", false, "So that you have one account only"),
        field("age_over_18", true, "Accounts are for adults"),
    ]
}

/// The hand-off page.
pub fn handoff(on_phone: bool) -> Body {
    let path = (0..2_809_u32)
        .filter(|at| (at * 7 + at / 53 * at % 11).is_multiple_of(3))
        .map(|at| format!("M{},{}h1v1h-1z", at % 53, at / 53))
        .collect::<Vec<_>>()
        .concat();
    SessionPage::Handoff {
        view: session(Status::Created, Step::Handoff),
        organization: organization(),
        handoff: HandoffView {
            link: format!("https://verify.example/app#{ID}.mwt_abcdefghijklmnopqrstuvwxyz0123456"),
            qr: QrCode { size: 53, path },
            expires_at: Timestamp::from_millis(NOW + 300_000),
        },
        on_phone,
    }
    .into()
}

/// A phone at work.
pub fn progress(step: Step, failure: Option<FailureCode>) -> Body {
    let mut view = session(Status::InProgress, step);
    view.last_failure_code = failure;
    if failure.is_some() {
        view.tries.nfc = budget(1);
        view.tries.liveness = budget(if step == Step::Face { 2 } else { 0 });
    }
    SessionPage::Progress { view, organization: organization() }.into()
}

/// The end of a session.
pub fn outcome(status: Status, change: impl FnOnce(&mut SessionView)) -> Body {
    let mut view = session(status, Step::Done);
    change(&mut view);
    let redirect_host = view.redirect_url.as_ref().map(|_| "shop.example".to_owned());
    let aftermath = Aftermath { waiting: true, ..Aftermath::default() };
    SessionPage::Outcome { view, organization: organization(), redirect_host, aftermath }.into()
}

/// The same where something became of the verdict.
pub fn after(body: Body, then: Aftermath) -> Body {
    let Body::Session(mut page) = body else { return body };
    if let SessionPage::Outcome { aftermath, .. } = &mut *page {
        *aftermath = then;
    }
    Body::Session(page)
}

/// A question.
pub fn confirm(question: Question) -> Body {
    SessionPage::Confirm {
        view: session(Status::InProgress, Step::Chip),
        organization: organization(),
        question,
    }
    .into()
}

/// Every state by name.
pub fn all() -> Vec<(String, Page)> {
    let mut pages = open();
    pages.extend(closed());
    pages
}

fn open() -> Vec<(String, Page)> {
    let keys = ClaimKey::NAMES.iter().map(|key| field(key, false, "Because we need to know"));
    let bare = SessionPage::Consent {
        view: session(Status::Created, Step::Consent),
        details: Details {
            organization: OrganizationView {
                name: "مصرف النور".to_owned(), ..Default::default()
            },
            redirect_host: None,
            ..details(vec![field("kayle_document_id", true, "Sharing \"Kayle Document ID\"")])
        },
    };
    let mut pages: Vec<_> = [
        ("consent", consent(usual())),
        ("consent-all", consent(keys.collect())),
        ("consent-bare", bare.into()),
        ("handoff-computer", handoff(false)),
        ("handoff-phone", handoff(true)),
        ("progress-chip", progress(Step::Chip, None)),
        ("progress-chip-failed", progress(Step::Chip, Some(FailureCode::DocumentDataInvalid))),
        ("progress-face", progress(Step::Face, None)),
        ("progress-face-failed", progress(Step::Face, Some(FailureCode::LivenessFailed))),
        ("confirm-cancel", confirm(Question::Cancel)),
        ("confirm-withdraw", confirm(Question::Withdraw)),
        ("confirm-release", confirm(Question::Release)),
        ("app", Body::AppLink),
    ]
    .map(|(name, body)| (name.to_owned(), page(body)))
    .into();
    for (name, notice, body) in [
        ("notice-biometric", Notice::BiometricRequired, consent(usual())),
        ("notice-released", Notice::Released, handoff(false)),
    ] {
        let page = Page { notice: Some(notice), sandbox: true, ..page(body) };
        pages.push((name.to_owned(), page));
    }
    pages.push(("app-sandbox".to_owned(), Page { sandbox: true, ..page(Body::AppLink) }));
    pages
}

fn closed() -> Vec<(String, Page)> {
    let mut pages: Vec<_> = [
        ("succeeded", outcome(Status::Succeeded, |view| view.can_withdraw = true)),
        ("succeeded-short", outcome(Status::Succeeded, |view| view.redirect_url = None)),
        ("expired", outcome(Status::Expired, |_| ())),
        (
            "cancelled-user",
            outcome(Status::Cancelled, |view| view.cancelled_by = Some(CancelledBy::User)),
        ),
        (
            "cancelled-org",
            outcome(Status::Cancelled, |view| view.cancelled_by = Some(CancelledBy::Organization)),
        ),
        (
            "withdrawn",
            after(
                outcome(Status::Cancelled, |view| view.cancelled_by = Some(CancelledBy::User)),
                Aftermath { withdrawn: true, ..Aftermath::default() },
            ),
        ),
        (
            "withdrawn-part",
            after(
                outcome(Status::Succeeded, |view| view.can_withdraw = true),
                Aftermath { withdrawn: true, reached: true, waiting: false },
            ),
        ),
        (
            "withdrawn-late",
            after(
                outcome(Status::Succeeded, |view| view.can_withdraw = true),
                Aftermath { withdrawn: false, reached: true, waiting: false },
            ),
        ),
        ("cancelled-short", outcome(Status::Cancelled, |view| view.redirect_url = None)),
    ]
    .map(|(name, body)| (name.to_owned(), page(body)))
    .into();
    for code in FailureCode::ALL {
        let body = outcome(Status::Failed, |view| {
            view.failure_code = Some(*code);
            view.can_withdraw = true;
        });
        pages.push((format!("failed-{code}"), page(body)));
    }
    for (problem, name) in PROBLEMS {
        pages.push((format!("problem-{name}"), page(Body::Problem(problem))));
    }
    pages
}

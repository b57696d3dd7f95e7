//! The session's rules as tables and properties.

use proptest::prelude::*;

use super::*;
use crate::attempt::BUDGET;
use crate::event::EventKind;
use crate::id::{ConsentId, OrganizationId};
use crate::session::Status;
use crate::share::{ClaimKey, ShareContract};

const TTL: Duration = Duration::from_hours(1);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_777_980_000_000 + seconds * 1000)
}

fn attempt(n: u8) -> AttemptId {
    AttemptId::new(at(0), [n; 10])
}

fn opened() -> Session {
    let terms = Terms {
        organization: OrganizationId::new(at(0), [1; 10]),
        contract: ShareContract::default_only(),
        redirect_url: None,
        client_reference_id: None,
        metadata: serde_json::Map::new(),
        locale: None,
        endpoints: Vec::new(),
        sandbox: true,
    };
    Session::open(SessionId::new(at(0), [2; 10]), terms, TTL, at(0))
}

fn agreed() -> Consent {
    Consent {
        id: ConsentId::new(at(1), [3; 10]),
        at: at(1),
        contract_hash: "00".into(),
        selected: vec![ClaimKey::KAYLE_DOCUMENT_ID],
        locale: "en".into(),
    }
}

fn phone() -> Device {
    Device { id: "phone".into(), public_key: "key".into(), last_seen_at: at(2) }
}

fn pass(n: u8) -> ChipPass {
    ChipPass { attempt: attempt(n), receipt_hash: "hash".into(), document: "tag".into() }
}

fn claims() -> Claims {
    let object = serde_json::json!({ "kayle_document_id": "kdid_1", "family_name": "DOE" });
    Claims::from_json(object.as_object().expect("object")).expect("valid")
}

fn ok(decided: Decided) -> Session {
    decided.expect("accepted").session
}

fn consented() -> Session {
    ok(opened().consent(agreed(), at(1)))
}

fn started() -> Session {
    ok(consented().begin(phone(), at(2)))
}

fn chip_read() -> Session {
    ok(started().confirm_chip(pass(1), 1, at(3)))
}

fn succeeded() -> Session {
    ok(chip_read().succeed(&claims(), 1, at(4)))
}

fn failed() -> Session {
    ok(started().refuse(FailureCode::DocumentAntiCloningAttestationFailed, 1, at(3)))
}

fn refusal(decided: Decided) -> Refusal {
    decided.expect_err("refused").refusal
}

#[test]
fn the_whole_path_succeeds_and_shares_only_what_was_agreed_to() {
    let transition = chip_read().succeed(&claims(), 1, at(4)).expect("accepted");
    assert_eq!(transition.session.state, State::Succeeded { at: at(4) });
    let Some(EventBody::Succeeded { claims, .. }) = transition.event else {
        panic!("no event");
    };
    assert_eq!(serde_json::json!(claims), serde_json::json!({ "kayle_document_id": "kdid_1" }));
}

#[test]
fn the_third_failure_of_a_check_is_terminal() {
    for code in [FailureCode::DocumentAuthenticityFailed, FailureCode::LivenessFailed] {
        let mut session = chip_read();
        for used in 1..=2 {
            let transition = session.refuse(code, 1, at(5)).expect("accepted");
            assert!(transition.event.is_none());
            session = transition.session;
            assert_eq!(session.tries.used(code.check()), used);
        }
        let last = session.refuse(code, 1, at(6)).expect("accepted");
        assert_eq!(last.session.state, State::Failed { at: at(6), code });
        assert_eq!(last.event.map(|e| e.kind()), Some(EventKind::Failed));
    }
}

#[test]
fn budgets_do_not_mix() {
    let mut session = chip_read();
    for code in [
        FailureCode::DocumentDataInvalid,
        FailureCode::DocumentDataInvalid,
        FailureCode::LivenessFailed,
        FailureCode::SelfieFaceMismatch,
    ] {
        session = ok(session.refuse(code, 1, at(5)));
    }
    assert_eq!((session.tries.nfc, session.tries.liveness), (2, 2));
    assert_eq!(session.state, State::InProgress);
}

#[test]
fn a_hard_kill_ends_at_once_and_leaves_the_counters_alone() {
    let session = failed();
    assert_eq!(session.state.status(), Status::Failed);
    assert_eq!(session.tries, Tries::default());
}

#[test]
fn what_is_out_of_turn_is_refused() {
    assert_eq!(refusal(opened().begin(phone(), at(1))), Refusal::ConsentRequired);
    assert_eq!(refusal(started().consent(agreed(), at(3))), Refusal::ConsentFrozen);
    assert_eq!(refusal(started().begin(phone(), at(3))), Refusal::DeviceAtWork);
    assert_eq!(refusal(consented().release(at(3))), Refusal::NoDevice);
    assert_eq!(refusal(started().succeed(&claims(), 1, at(3))), Refusal::ChipFirst);
    assert_eq!(refusal(chip_read().confirm_chip(pass(2), 1, at(4))), Refusal::AlreadyConfirmed);
    let unbound = consented().refuse(FailureCode::LivenessFailed, 1, at(3));
    assert_eq!(refusal(unbound), Refusal::Released);
}

#[test]
fn checks_are_admitted_in_order() {
    let admit = |session: Session, check, n| {
        session.admit(check, &attempt(n), at(5)).map(|(_, a)| a).map_err(|r| r.refusal)
    };
    assert_eq!(admit(consented(), Check::Nfc, 1), Err(Refusal::NoDevice));
    assert_eq!(admit(started(), Check::Nfc, 1), Ok(Admission::Evaluate));
    assert_eq!(admit(started(), Check::Liveness, 1), Err(Refusal::ChipFirst));
    assert_eq!(admit(chip_read(), Check::Nfc, 1), Ok(Admission::Reissue));
    assert_eq!(admit(chip_read(), Check::Nfc, 2), Err(Refusal::AlreadyConfirmed));
    assert_eq!(admit(chip_read(), Check::Liveness, 2), Ok(Admission::Evaluate));
    assert_eq!(admit(succeeded(), Check::Liveness, 2), Err(Refusal::Terminal(Status::Succeeded)));
}

#[test]
fn what_was_judged_of_a_released_phone_counts_for_nothing() {
    let released = ok(chip_read().release(at(5)));
    assert_eq!((&released.device, &released.chip), (&None, &None));
    assert_eq!(released.state, State::InProgress);
    assert_eq!(refusal(released.clone().confirm_chip(pass(2), 1, at(6))), Refusal::Released);
    let kill = FailureCode::DocumentAntiCloningAttestationFailed;
    for code in [FailureCode::LivenessFailed, kill] {
        assert_eq!(refusal(released.clone().refuse(code, 1, at(6))), Refusal::Released);
    }
    let again = ok(released.begin(phone(), at(6)));
    assert_eq!(refusal(again.clone().refuse(kill, 1, at(7))), Refusal::Released);
    assert_eq!(ok(again.clone().refuse(FailureCode::LivenessFailed, 2, at(7))).tries.liveness, 1);
    assert_eq!(again.epoch, 2);
    assert_eq!(refusal(again.clone().confirm_chip(pass(2), 1, at(7))), Refusal::Released);
    assert!(again.confirm_chip(pass(2), 2, at(7)).is_ok());
}

#[test]
fn an_overdue_session_reads_as_expired_and_every_change_commits_the_expiry() {
    let late = at(3600);
    assert_eq!(started().status_at(late), Status::Expired);
    assert_eq!(started().completed_at(late), Some(at(3600)));
    assert_eq!(started().status_at(at(3599)), Status::InProgress);
    let attempts: [fn(Session, Timestamp) -> Option<Refused>; 8] = [
        |s, now| s.consent(agreed(), now).err(),
        |s, now| s.begin(phone(), now).err(),
        |s, now| s.resume(now).err(),
        |s, now| s.release(now).err(),
        |s, now| s.confirm_chip(pass(1), 1, now).err(),
        |s, now| s.succeed(&claims(), 1, now).err(),
        |s, now| s.refuse(FailureCode::LivenessFailed, 1, now).err(),
        |s, now| s.cancel(CancelledBy::User, now).err(),
    ];
    for (n, change) in attempts.into_iter().enumerate() {
        let refused = change(started(), at(9000)).expect("refused");
        assert_eq!(refused.refusal, Refusal::Expired, "change {n}");
        let expiry = refused.expiry.expect("the expiry is owed");
        assert_eq!(expiry.session.state, State::Expired { at: late });
        assert_eq!(expiry.event, Some(EventBody::Expired));
    }
}

#[test]
fn cancelling_names_whether_a_check_had_failed() {
    let reason = |session: Session| match session.cancel(CancelledBy::User, at(9)) {
        Ok(Transition { event: Some(EventBody::Cancelled { reason, .. }), .. }) => reason.as_str(),
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(opened()), "cancelled");
    assert_eq!(reason(started()), "cancelled");
    let after = ok(started().refuse(FailureCode::DocumentDataInvalid, 1, at(8)));
    assert_eq!(reason(after), "cancelled_after_failed_check");
}

#[test]
fn only_success_and_failure_can_be_withdrawn() {
    for (session, reason) in [
        (succeeded(), "privacy_cancelled_after_terminal_success"),
        (failed(), "privacy_cancelled_after_terminal_failure"),
    ] {
        let status = session.state.status();
        let unserved = session.clone().withdraw(false, at(9)).expect("accepted");
        assert_eq!(unserved.session.state.status(), Status::Cancelled);
        let served = session.withdraw(true, at(9)).expect("accepted");
        assert_eq!(served.session.state.status(), status);
        for transition in [unserved, served] {
            let Some(EventBody::Cancelled { reason: told, .. }) = transition.event else {
                panic!("no event");
            };
            assert_eq!(told.as_str(), reason);
        }
    }
    let expired = started().expire(at(4000)).expect("overdue").session;
    let cancelled = ok(opened().cancel(CancelledBy::Organization, at(9)));
    for (session, status) in [
        (opened(), Status::Created),
        (started(), Status::InProgress),
        (expired, Status::Expired),
        (cancelled, Status::Cancelled),
    ] {
        assert_eq!(refusal(session.withdraw(false, at(9))), Refusal::Terminal(status));
    }
}

#[test]
fn an_erasure_blanks_the_person_and_keeps_what_happened() {
    for session in [opened(), consented(), started(), chip_read()] {
        assert_eq!(session.erase(at(9)), Err(Refusal::StillOpen));
    }
    for before in [succeeded(), failed()] {
        let after = before.clone().erase(at(9)).expect("it is over");
        assert_eq!(after.event, None);
        let after = after.session;
        assert_eq!((after.version, after.updated_at), (before.version + 1, at(9)));
        assert_eq!((&after.state, after.tries), (&before.state, before.tries));
        assert_eq!((after.expires_at, after.created_at), (before.expires_at, before.created_at));
        assert!(after.consent.is_none() && after.device.is_none() && after.chip.is_none());
        assert!(after.terms.redirect_url.is_none() && after.terms.client_reference_id.is_none());
        assert!(after.terms.metadata.is_empty());
        let (fields, erased) = (before.terms.contract.fields(), after.terms.contract.fields());
        assert_eq!(fields.len(), erased.len());
        for ((key, field), (same, blank)) in fields.iter().zip(erased) {
            assert_eq!((key, field.required, field.source), (same, blank.required, blank.source));
            assert_eq!(blank.reason, "");
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Input {
    Consent,
    Begin,
    Resume,
    Release,
    Chip(u8),
    Succeed,
    Refuse(FailureCode),
    Cancel,
    Expire,
    Withdraw(bool),
    Erase,
    Wait(u16),
}

fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        2 => Just(Input::Consent),
        3 => Just(Input::Begin),
        1 => Just(Input::Resume),
        1 => Just(Input::Release),
        3 => (0_u8..3).prop_map(Input::Chip),
        2 => Just(Input::Succeed),
        4 => proptest::sample::select(FailureCode::ALL).prop_map(Input::Refuse),
        1 => Just(Input::Cancel),
        1 => Just(Input::Expire),
        1 => any::<bool>().prop_map(Input::Withdraw),
        1 => Just(Input::Erase),
        2 => (0_u16..900).prop_map(Input::Wait),
    ]
}

fn feed(session: Session, input: Input, now: Timestamp) -> Decided {
    let epoch = session.epoch;
    match input {
        Input::Consent => session.consent(agreed(), now),
        Input::Begin => session.begin(phone(), now),
        Input::Resume => session.resume(now),
        Input::Release => session.release(now),
        Input::Chip(n) => session.confirm_chip(pass(n), epoch, now),
        Input::Succeed => session.succeed(&claims(), epoch, now),
        Input::Refuse(code) => session.refuse(code, epoch, now),
        Input::Cancel => session.cancel(CancelledBy::User, now),
        Input::Expire => session.expire(now).ok_or(Refused::from(Refusal::Expired)),
        Input::Withdraw(served) => session.withdraw(served, now),
        Input::Erase => session.erase(now).map_err(Into::into),
        Input::Wait(_) => Ok(Transition { session, event: None }),
    }
}

proptest! {
    #[test]
    fn no_sequence_of_inputs_breaks_the_life_of_a_session(
        inputs in proptest::collection::vec(any_input(), 1..60)
    ) {
        let mut session = opened();
        let mut now = at(1);
        let (mut terminal_events, mut replacements) = (0, 0);
        for input in inputs {
            if let Input::Wait(seconds) = input {
                now = now.plus(Duration::from_secs(seconds.into()));
            }
            let before = session.clone();
            let transition = match feed(session.clone(), input, now) {
                Ok(transition) => transition,
                Err(refused) => match refused.expiry {
                    Some(expiry) => *expiry,
                    None => continue,
                },
            };
            let was = before.state.status();
            session = transition.session;
            let is = session.state.status();
            if was.is_terminal() && is != was {
                prop_assert!(matches!(input, Input::Withdraw(false)), "{was} left by {input:?}");
                prop_assert_eq!(is, Status::Cancelled);
            }
            match &transition.event {
                Some(_) if was.is_terminal() => replacements += 1,
                Some(_) => terminal_events += 1,
                None => prop_assert_eq!(is.is_terminal(), was.is_terminal()),
            }
            prop_assert!(session.tries.nfc <= BUDGET && session.tries.liveness <= BUDGET);
            prop_assert!(session.tries.nfc >= before.tries.nfc);
            prop_assert!(!matches!(was, Status::InProgress) || is != Status::Created);
            if now >= session.expires_at && !was.is_terminal() {
                prop_assert!(!matches!(is, Status::Succeeded | Status::Failed | Status::Cancelled));
            }
        }
        prop_assert_eq!(terminal_events, i32::from(session.state.status().is_terminal()));
        prop_assert!(replacements == 0 || terminal_events == 1);
    }
}

//! The reference verifier of faces, for the sandbox and for tests: it knows no faces, but the
//! marks that the simulated phone's pictures carry. What it is given decides what it says.

use std::net::SocketAddr;

use axum::extract::{DefaultBodyLimit, Multipart};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use tokio::net::TcpListener;

use crate::check::biometric::contract::{
    Answer, FaceMatch, Liveness, LivenessResult, Question, ROUTE, Verdict,
};

/// Begins the comment that a picture carries.
const MARK: &str = "kayle-stub";
/// Most bytes of a question.
const LARGEST: usize = 17 * 1024 * 1024;

/// A picture of that person: a JPEG whose comment says who is on it, and whether they move.
pub fn picture(person: &str, alive: Option<bool>) -> Vec<u8> {
    let alive = match alive {
        Some(true) => "yes",
        Some(false) => "no",
        None => "-",
    };
    let comment = format!("{MARK} person={person} live={alive};");
    let length = u16::try_from(comment.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&[0xff, 0xd8, 0xff, 0xfe], &length[..], comment.as_bytes(), &[0xff, 0xd9]].concat()
}

/// Who is on a picture, and whether they move.
fn seen(picture: &[u8]) -> Option<(&str, bool)> {
    let at = picture.windows(MARK.len()).position(|window| window == MARK.as_bytes())?;
    let text = &picture[at + MARK.len()..];
    let end = text.iter().take(200).position(|byte| *byte == b';')?;
    let text = std::str::from_utf8(&text[..end]).ok()?.trim();
    let (person, live) = text.strip_prefix("person=")?.split_once(" live=")?;
    Some((person, live == "yes"))
}

/// What the verifier says of those parts.
fn judge(nonce: String, document: &[u8], film: &[Vec<u8>]) -> Answer {
    let holder = seen(document).map(|(person, _)| person);
    let seen: Vec<_> = film.iter().map(|frame| seen(frame)).collect();
    let live = !seen.is_empty() && seen.iter().all(|frame| frame.is_some_and(|(_, live)| live));
    let same =
        holder.is_some() && seen.iter().all(|frame| frame.map(|(person, _)| person) == holder);
    Answer {
        nonce,
        liveness: LivenessResult {
            verdict: if live { Liveness::Live } else { Liveness::NotLive },
            score: if live { 0.98 } else { 0.02 },
        },
        face_match: FaceMatch { score: if same { 0.97 } else { 0.03 } },
        verdict: if live && same { Verdict::Confirmed } else { Verdict::NotConfirmed },
    }
}

async fn answer(mut form: Multipart) -> Result<Json<Answer>, StatusCode> {
    let (mut question, mut document, mut film) = (None, None, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| error.status())? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| error.status())?.to_vec();
        match name.as_str() {
            "request" => question = serde_json::from_slice::<Question>(&bytes).ok(),
            "dg2" => document = Some(bytes),
            "frame" | "video" => film.push(bytes),
            _ => return Err(StatusCode::BAD_REQUEST),
        }
    }
    let (Some(question), Some(document)) = (question, document) else {
        return Err(StatusCode::BAD_REQUEST);
    };
    Ok(Json(judge(question.nonce, &document, &film)))
}

/// The verifier's one route.
pub fn router() -> Router {
    Router::new().route(ROUTE, post(answer)).layer(DefaultBodyLimit::max(LARGEST))
}

/// Starts a verifier on this machine, for as long as the process lives.
pub async fn start() -> Result<SocketAddr, String> {
    let trouble = |error: std::io::Error| format!("the reference verifier cannot start: {error}");
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(trouble)?;
    let address = listener.local_addr().map_err(trouble)?;
    tokio::spawn(async move { axum::serve(listener, router()).await });
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_the_pictures_decides() {
        let document = picture("a1", None);
        for (film, live, same) in [
            (vec![picture("a1", Some(true))], true, true),
            (vec![picture("a1", Some(true)); 2], true, true),
            (vec![picture("a1", Some(true)), picture("a1", Some(false))], false, true),
            (vec![picture("b2", Some(true))], true, false),
            (vec![picture("a1", Some(true)), picture("b2", Some(true))], true, false),
            (vec![b"no mark".to_vec()], false, false),
            (vec![], false, true),
        ] {
            let answer = judge("n".into(), &document, &film);
            assert_eq!(answer.liveness.verdict == Liveness::Live, live);
            assert_eq!(answer.face_match.score > 0.5, same);
            assert_eq!(answer.verdict == Verdict::Confirmed, live && same);
        }
        assert_eq!(
            judge("n".into(), b"", &[picture("a1", Some(true))]).verdict,
            Verdict::NotConfirmed
        );
    }
}

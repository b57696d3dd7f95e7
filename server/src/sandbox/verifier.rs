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

/// The parts of a question, as far as they have come.
#[derive(Default)]
struct Asked {
    question: Option<Question>,
    document: Option<Vec<u8>>,
    frames: Vec<Vec<u8>>,
    videos: Vec<Vec<u8>>,
}

impl Asked {
    async fn read(mut form: Multipart) -> Result<Self, StatusCode> {
        let mut asked = Self::default();
        while let Some(field) = form.next_field().await.map_err(|error| error.status())? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| error.status())?.to_vec();
            let twice = match name.as_str() {
                "request" => {
                    let question =
                        serde_json::from_slice(&bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
                    asked.question.replace(question).is_some()
                }
                "dg2" => asked.document.replace(bytes).is_some(),
                "frame" => {
                    asked.frames.push(bytes);
                    false
                }
                "video" => {
                    asked.videos.push(bytes);
                    false
                }
                _ => true,
            };
            if twice {
                return Err(StatusCode::BAD_REQUEST);
            }
        }
        Ok(asked)
    }
}

async fn answer(form: Multipart) -> Result<Json<Answer>, StatusCode> {
    let Asked { question, document, mut frames, videos } = Asked::read(form).await?;
    let (Some(question), Some(document)) = (question, document) else {
        return Err(StatusCode::BAD_REQUEST);
    };
    if !question.is_sound(frames.len(), videos.len()) {
        return Err(StatusCode::BAD_REQUEST);
    }
    frames.extend(videos);
    Ok(Json(judge(question.nonce, &document, &frames)))
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
    use reqwest::multipart::{Form, Part};
    use serde_json::{Value, json};

    use super::*;

    /// What is said to a question of these parts.
    async fn status(address: SocketAddr, question: &Value, parts: &[(&'static str, usize)]) -> u16 {
        let form = Form::new().text("request", question.to_string());
        let form = parts.iter().fold(form, |form, (name, times)| {
            (0..*times).fold(form, |form, _| form.part(*name, Part::bytes(picture("a1", None))))
        });
        let tls = crate::webhook::client::tls_config(&[]);
        let http = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build();
        let http = http.expect("a client");
        let asked = http.post(format!("http://{address}{ROUTE}")).multipart(form).send().await;
        asked.expect("an answer").status().as_u16()
    }

    #[tokio::test]
    async fn a_question_without_the_documented_form_is_refused() {
        let address = start().await.expect("a verifier");
        let question = |version: u8, nonce: &str, media: &str| {
            json!({
                "contract_version": version, "nonce": nonce, "holder_age": null, "media": media,
                "something": "new",
            })
        };
        let nonce = "0f".repeat(32);
        let (film, video) = (question(1, &nonce, "frames"), question(1, &nonce, "video"));
        for (question, parts, expected) in [
            (&film, &[("dg2", 1), ("frame", 1)][..], 200),
            (&film, &[("dg2", 1), ("frame", 16)], 200),
            (&video, &[("dg2", 1), ("video", 1)], 200),
            (&film, &[("dg2", 1), ("frame", 17)], 400),
            (&film, &[("dg2", 1)], 400),
            (&film, &[("dg2", 2), ("frame", 1)], 400),
            (&film, &[("frame", 1)], 400),
            (&film, &[("dg2", 1), ("frame", 1), ("video", 1)], 400),
            (&film, &[("dg2", 1), ("frame", 1), ("name", 1)], 400),
            (&film, &[("dg2", 1), ("frame", 1), ("request", 1)], 400),
            (&film, &[("dg2", 1), ("video", 1)], 400),
            (&video, &[("dg2", 1), ("frame", 1)], 400),
            (&video, &[("dg2", 1), ("video", 2)], 400),
            (&question(2, &nonce, "frames"), &[("dg2", 1), ("frame", 1)], 400),
            (&question(1, "0f", "frames"), &[("dg2", 1), ("frame", 1)], 400),
            (&question(1, &"0F".repeat(32), "frames"), &[("dg2", 1), ("frame", 1)], 400),
            (&question(1, &nonce, "sound"), &[("dg2", 1), ("frame", 1)], 400),
            (&json!({ "contract_version": 1 }), &[("dg2", 1), ("frame", 1)], 400),
        ] {
            assert_eq!(status(address, question, parts).await, expected, "{question} {parts:?}");
        }
    }

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

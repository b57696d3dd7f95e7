//! The browser's side of `browser`, on web-sys directly.

use js_sys::{Array, Date, Intl, JSON, JsString, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, Event, EventSource, Headers, MessageEvent, RequestInit, Response, UrlSearchParams,
    Window,
};

use super::{Answer, Link};

#[wasm_bindgen]
extern "C" {
    /// JavaScript's own `String(value)`.
    #[wasm_bindgen(js_name = String)]
    fn to_text(value: &JsValue) -> JsString;

    /// Goes to the page as it now is, as soon as the server gives one: the page's own script.
    pub(crate) fn look();
}

fn window() -> Window {
    web_sys::window().expect("islands run in a window")
}

/// Replaces this page.
pub(crate) fn replace(url: &str) {
    let _ = window().location().replace(url);
}

/// Goes to another page.
pub(crate) fn visit(url: &str) {
    let _ = window().location().assign(url);
}

/// Calls `then` once, after `millis`.
pub(crate) fn after(millis: i64, then: impl FnOnce() + 'static) {
    let millis = i32::try_from(millis).unwrap_or(i32::MAX);
    let call = Closure::once_into_js(then);
    let _ = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), millis);
}

/// Calls `then` every `millis`, as long as the page lives.
pub(crate) fn every(millis: i32, then: impl FnMut() + 'static) {
    let call = Closure::<dyn FnMut()>::new(then).into_js_value();
    let _ = window()
        .set_interval_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), millis);
}

/// Calls `then` whenever somebody presses a key, or touches or scrolls the page, but not what `own`
/// selects.
pub(crate) fn stirred(own: &'static str, then: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_none_or(|target| !matches!(target.closest(own), Ok(Some(_)))) {
            then();
        }
    })
    .into_js_value();
    for name in ["keydown", "pointerdown", "wheel"] {
        let _ = window().add_event_listener_with_callback(name, heard.unchecked_ref());
    }
}

/// Calls `then` whenever a form is sent.
pub(crate) fn sent(then: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(then).into_js_value();
    let _ = window().add_event_listener_with_callback("submit", heard.unchecked_ref());
}

/// Milliseconds since the epoch by the browser's clock.
pub(crate) fn now() -> i64 {
    integer(Date::now())
}

/// Milliseconds since the epoch of an RFC 3339 instant; 0 if it is none.
pub(crate) fn instant(text: &str) -> i64 {
    integer(Date::parse(text))
}

/// The whole number `text` holds; 0 if it is none.
pub(crate) fn whole(text: &str) -> i64 {
    integer(js_sys::parse_float(text))
}

#[expect(clippy::cast_possible_truncation, reason = "instants of JavaScript are whole and small")]
fn integer(number: f64) -> i64 {
    number as i64
}

/// What stands at these places of a JSON object, as texts; nothing is an empty one.
pub(crate) fn pick(json: &str, places: &[&str]) -> Option<Vec<String>> {
    let value = JSON::parse(json).ok()?;
    let text = |place: &&str| {
        let at = |value: JsValue, name| Reflect::get(&value, &JsValue::from_str(name));
        match place.split('.').try_fold(value.clone(), at) {
            Ok(found) if !found.is_null() && !found.is_undefined() => String::from(to_text(&found)),
            _ => String::new(),
        }
    };
    Some(places.iter().map(text).collect())
}

/// The CLDR plural category of `count` in a language.
pub(crate) fn category(lang: &str, count: i64) -> String {
    let rules = Intl::PluralRules::new(&Array::of1(&lang.into()), &Object::new());
    rules.select(i32::try_from(count).map_or(f64::MAX, f64::from)).into()
}

/// Whether nothing should move by itself: asked for, or this was asked of the same address before,
/// because the user came back or looks again.
pub(crate) fn keep_still() -> bool {
    let reduced = window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    reduced || seen_before().unwrap_or_else(came_back)
}

/// Whether this tab asked before; `None` where it may remember nothing.
fn seen_before() -> Option<bool> {
    let (storage, path) = (window().session_storage().ok()??, window().location().pathname().ok()?);
    let before = storage.get_item(&path).ok()?;
    storage.set_item(&path, "moved").ok()?;
    Some(before.is_some())
}

/// As far as the browser tells: some call it a reload when a page is replaced by itself.
fn came_back() -> bool {
    window()
        .performance()
        .is_some_and(|p| p.navigation().type_() != web_sys::PerformanceNavigation::TYPE_NAVIGATE)
}

/// Whether text can be put on the clipboard: only secure pages can.
pub(crate) fn can_copy() -> bool {
    Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|it| it.is_object())
}

/// Puts text on the clipboard, then calls `then` if that worked.
pub(crate) fn copy(text: String, then: impl FnOnce() + 'static) {
    spawn_local(async move {
        let written = window().navigator().clipboard().write_text(&text);
        if JsFuture::from(written).await.is_ok() {
            then();
        }
    });
}

/// Sets an attribute of the element with that id.
pub(crate) fn set_attribute(id: &str, name: &str, value: &str) {
    let element = window().document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        let _ = element.set_attribute(name, value);
    }
}

/// Posts a form's fields and hands over how it ended.
pub(crate) fn post(url: String, fields: String, then: impl FnOnce(Answer) + 'static) {
    spawn_local(async move {
        then(answer(&url, &fields).await.unwrap_or(Answer::Lost));
    });
}

async fn answer(url: &str, fields: &str) -> Result<Answer, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    // Data is asked for: a form would be sent on to a page.
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    init.set_headers(&headers);
    // Sent as what a form sends, content type included.
    init.set_body(&UrlSearchParams::new_with_str(fields)?.into());
    let sent = window().fetch_with_str_and_init(url, &init);
    let response: Response = JsFuture::from(sent).await?.unchecked_into();
    Ok(match response.status() {
        200..300 => {
            let text = JsFuture::from(response.text()?).await?;
            Answer::Good(text.as_string().unwrap_or_default())
        }
        429 | 500.. => Answer::Lost,
        _ => Answer::Refused,
    })
}

/// Follows server-sent `session` events; `connected` hears of every gain and loss.
pub(crate) fn follow(
    url: &str,
    message: impl Fn(String) + 'static,
    connected: impl Fn(Link) + 'static,
) {
    let Ok(source) = EventSource::new(url) else {
        return connected(Link::Closed);
    };
    let take = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(data) = event.data().as_string() {
            message(data);
        }
    });
    let state = source.clone();
    let report = Closure::<dyn Fn()>::new(move || {
        connected(match state.ready_state() {
            EventSource::OPEN => Link::Up,
            EventSource::CLOSED => Link::Closed,
            _ => Link::Down,
        });
    })
    .into_js_value();
    let _ =
        source.add_event_listener_with_callback("session", take.into_js_value().unchecked_ref());
    source.set_onopen(Some(report.unchecked_ref()));
    source.set_onerror(Some(report.unchecked_ref()));
}

//! Consent pages that differ in nothing but their session are rendered once.
//!
//! An integrator's sessions ask for the same things in the same words. Such a page is rendered with
//! stand-ins for the session's id, the nonce and the two instants it holds, and kept in pieces; the
//! next one is put together from them. Everything else the page shows is part of the key, so that
//! what is kept can never be shown in the place of something else.

use std::fmt::Write as _;
use std::sync::Arc;

use kayle_app::page::{Body, Page};
use kayle_domain::Timestamp;
use memchr::memmem;
use quick_cache::sync::Cache;

use crate::engine::Entropy;

/// Pages kept, about 10 kB each.
const CAPACITY: usize = 256;
const MINUTE: i64 = 60_000;
/// Larger than any instant, and still a whole number to JavaScript.
const FAR: i64 = 8_000_000_000_000_000;

/// What differs from one session's page to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    Session,
    Nonce,
    Now,
    Expires,
}

/// The stand-ins of this process: random, so that no text from outside can be taken for one.
#[derive(Debug)]
struct StandIns {
    session: String,
    nonce: String,
    now: i64,
}

/// A page in pieces: text, and what of the session's own follows it.
#[derive(Debug)]
struct Template {
    pieces: Vec<(String, Own)>,
    end: String,
}

/// The pages kept.
#[derive(Debug)]
pub struct Templates {
    stand_ins: StandIns,
    kept: Cache<Page, Arc<Template>>,
}

/// How much time left stands for `left`, both in milliseconds: the page says it by the minute.
fn rounded(left: i64) -> i64 {
    match left {
        ..=0 => -1,
        1..MINUTE => 1,
        _ => left - left % MINUTE,
    }
}

impl Templates {
    /// Nothing kept yet.
    pub fn new(entropy: &Entropy) -> Self {
        let digits = i64::from(u32::from_be_bytes(entropy.bytes()));
        let stand_ins = StandIns {
            session: hex::encode(entropy.bytes::<16>()),
            nonce: hex::encode(entropy.bytes::<16>()),
            now: FAR + digits * 1_000,
        };
        Self { stand_ins, kept: Cache::new(CAPACITY) }
    }

    /// The document for `page`, the same as [`kayle_app::render`] makes.
    pub fn render(&self, mut page: Page) -> String {
        let Body::Consent { view, details } = &mut page.body else {
            return kayle_app::render(page);
        };
        let (now, expires) = (page.now_millis, view.expires_at.millis());
        let session = std::mem::replace(&mut view.session_id, self.stand_ins.session.clone());
        let nonce = std::mem::replace(&mut page.nonce, self.stand_ins.nonce.clone());
        page.now_millis = self.stand_ins.now;
        view.expires_at = Timestamp::from_millis(self.stand_ins.now + rounded(expires - now));
        // Counted for streams, said elsewhere: the page shows neither.
        view.version = 0;
        details.expires_at = view.expires_at;
        let until = view.expires_at.millis();
        let template = self.kept.get(&page).unwrap_or_else(|| {
            let template = Arc::new(self.take_apart(&kayle_app::render(page.clone()), until));
            self.kept.insert(page, template.clone());
            template
        });
        template.put_together(|out, own| match own {
            Own::Session => out.push_str(&session),
            Own::Nonce => out.push_str(&nonce),
            Own::Now => number(out, now),
            Own::Expires => number(out, expires),
        })
    }

    /// Cuts a document at its stand-ins.
    fn take_apart(&self, html: &str, until: i64) -> Template {
        let StandIns { session, nonce, now } = &self.stand_ins;
        let names = [
            (session.clone(), Own::Session),
            (nonce.clone(), Own::Nonce),
            (now.to_string(), Own::Now),
            (until.to_string(), Own::Expires),
        ];
        let mut cuts: Vec<(usize, usize, Own)> = Vec::new();
        for (name, own) in &names {
            let found = memmem::find_iter(html.as_bytes(), name.as_bytes());
            cuts.extend(found.map(|at| (at, at + name.len(), *own)));
        }
        cuts.sort_unstable_by_key(|cut| cut.0);
        let (mut pieces, mut from) = (Vec::with_capacity(cuts.len()), 0);
        for (start, end, own) in cuts {
            pieces.push((html[from..start].to_owned(), own));
            from = end;
        }
        Template { pieces, end: html[from..].to_owned() }
    }
}

impl Template {
    fn put_together(&self, fill: impl Fn(&mut String, Own)) -> String {
        let own = self.pieces.len() * 48;
        let length = self.pieces.iter().map(|(text, _)| text.len()).sum::<usize>();
        let mut out = String::with_capacity(length + own + self.end.len());
        for (text, own) in &self.pieces {
            out.push_str(text);
            fill(&mut out, *own);
        }
        out.push_str(&self.end);
        out
    }
}

fn number(out: &mut String, value: i64) {
    write!(out, "{value}").expect("a String takes everything");
}

#[cfg(test)]
mod tests {
    use kayle_app::page::{Assets, Notice};
    use kayle_app::view::{
        BudgetView, Details, DeviceView, OrganizationView, SessionView, ShareFieldView, TriesView,
    };
    use kayle_domain::{Status, Step};

    use super::*;

    const NOW: i64 = 1_777_980_000_000;

    fn page(id: &str, left: i64, reason: &str) -> Page {
        let budget = BudgetView { used: 0, remaining: 3 };
        let view = SessionView {
            session_id: id.to_owned(),
            version: 4,
            status: Status::Created,
            step: Step::Consent,
            is_terminal: false,
            expires_at: Timestamp::from_millis(NOW + left),
            completed_at: None,
            redirect_url: None,
            same_device_only: false,
            device: DeviceView { connected: false, confirmation_code: None, last_seen_at: None },
            tries: TriesView { nfc: budget, liveness: budget },
            last_failure_code: None,
            failure_code: None,
            cancelled_by: None,
            can_cancel: true,
            can_withdraw: false,
            locale: None,
        };
        let field = ShareFieldView {
            key: "family_name".to_owned(),
            required: true,
            reason: reason.to_owned(),
            source: "rc".to_owned(),
        };
        let details = Details {
            organization: OrganizationView { name: reason.to_owned(), ..Default::default() },
            share_fields: vec![field],
            redirect_host: Some("shop.example".to_owned()),
            locale: None,
            expires_at: view.expires_at,
        };
        Page {
            lang: "en".to_owned(),
            nonce: hex::encode(id),
            assets: Assets::default(),
            sandbox: true,
            notice: None,
            now_millis: NOW,
            body: Body::Consent { view, details },
        }
    }

    /// Renders it twice, so that the second one is put together, and compares both.
    fn same(templates: &Templates, page: &Page) {
        let expected = kayle_app::render(page.clone());
        for _ in 0..2 {
            assert_eq!(templates.render(page.clone()), expected);
        }
    }

    #[test]
    fn a_page_put_together_is_the_page_rendered() {
        let templates = Templates::new(&Entropy::seeded(1));
        for left in [-5, 0, 1, 59_999, 60_000, 61_234, 3_599_999, 7_199_999, 7_200_000, 9_000_000] {
            for id in ["vs_0190000000017fffbfffffffffffffff", "vs_019000000002700080000000000000aa"]
            {
                for reason in ["Why", "</q><script>", "8000000000000000", "vs_0190000000017fff"] {
                    for lang in ["en", "ar", "uk"] {
                        let page = page(id, left, reason);
                        same(&templates, &Page { lang: lang.to_owned(), ..page });
                    }
                }
            }
        }
    }

    #[test]
    fn everything_else_a_page_shows_tells_it_from_others() {
        let templates = Templates::new(&Entropy::seeded(1));
        let first = page("vs_1", 3_600_000, "Why");
        let mut others = vec![first.clone()];
        others.push(Page { sandbox: false, ..first.clone() });
        others.push(Page { notice: Some(Notice::BiometricRequired), ..first.clone() });
        others.push(Page { assets: Assets { css: "/a.css".into(), ..Assets::default() }, ..first });
        for change in 0..4 {
            let mut other = page("vs_1", 3_600_000, "Why");
            if let Body::Consent { view, details } = &mut other.body {
                match change {
                    0 => view.can_cancel = false,
                    1 => details.redirect_host = None,
                    2 => details.share_fields[0].required = false,
                    _ => details.organization.website = Some("https://a.example".to_owned()),
                }
            }
            others.push(other);
        }
        for page in &others {
            same(&templates, page);
        }
        assert_eq!(templates.kept.len(), others.len());
    }
}

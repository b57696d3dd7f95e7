//! The REST routes and their OpenAPI document, registered in one place.

mod events;

use axum::extract::DefaultBodyLimit;
use axum::middleware::map_response;
use axum::routing::{get, post};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    Components, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, RefOr, Schema,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::webhooks::{deliveries, endpoints, events as webhook_events, keys};
use super::{MAX_LIVENESS, MAX_NFC, checks, refusals, sessions, simulation, verify};
use crate::engine::Engine;

/// Every route under `/v1`, with the document that describes them.
pub fn api() -> (axum::Router<Engine>, OpenApi) {
    let (router, mut document) = routes();
    bodies_that_may_be_absent(&mut document);
    // The second address of the same: it is told of in the text, not twice in the list.
    let events = axum::Router::new()
        .route("/v1/events", get(webhook_events::list))
        .route("/v1/events/{id}", get(webhook_events::get))
        .route("/v1/events/{id}/replay", post(webhook_events::replay));
    (router.merge(events), document)
}

/// `Option<Body>` says that there may be no body; utoipa writes it as a body that may be `null`.
fn bodies_that_may_be_absent(document: &mut OpenApi) {
    let operations = document
        .paths
        .paths
        .values_mut()
        .flat_map(|item| [item.post.as_mut(), item.patch.as_mut()].into_iter().flatten());
    let bodies = operations.filter_map(|operation| operation.request_body.as_mut());
    for body in bodies {
        let RefOr::T(body) = body else { continue };
        for content in body.content.values_mut() {
            let RefOr::T(content) = content else { continue };
            let Some(RefOr::T(Schema::OneOf(either))) = &content.schema else { continue };
            let present = either.items.iter().find(|item| matches!(item, RefOr::Ref(_)));
            content.schema = present.cloned();
        }
    }
}

fn routes() -> (axum::Router<Engine>, OpenApi) {
    OpenApiRouter::with_openapi(base())
        .routes(routes!(sessions::create, sessions::list))
        .routes(routes!(sessions::get, sessions::erase))
        .routes(routes!(sessions::cancel))
        .routes(routes!(simulation::simulate))
        .routes(routes!(endpoints::create, endpoints::list))
        .routes(routes!(endpoints::get, endpoints::change, endpoints::delete))
        .routes(routes!(endpoints::rotate))
        .routes(routes!(endpoints::reveal))
        .routes(routes!(endpoints::test))
        .routes(routes!(keys::register, keys::list))
        .routes(routes!(keys::deactivate))
        .routes(routes!(keys::reactivate))
        .routes(routes!(webhook_events::list))
        .routes(routes!(webhook_events::get))
        .routes(routes!(webhook_events::replay))
        .routes(routes!(deliveries::list))
        .routes(routes!(deliveries::get))
        .routes(routes!(deliveries::attempts))
        .routes(routes!(deliveries::retry))
        .routes(routes!(verify::status))
        .routes(routes!(verify::details))
        .routes(routes!(verify::stream::events))
        .routes(routes!(verify::consent))
        .routes(routes!(verify::handoff))
        .routes(routes!(verify::hello))
        .routes(routes!(verify::release))
        .routes(routes!(verify::cancel))
        .routes(routes!(checks::exchange))
        .merge(limited(OpenApiRouter::new().routes(routes!(checks::nfc)), MAX_NFC))
        .merge(limited(OpenApiRouter::new().routes(routes!(checks::liveness)), MAX_LIVENESS))
        .split_for_parts()
}

/// These routes take an upload of up to `max` bytes instead of a small JSON body.
fn limited(routes: OpenApiRouter<Engine>, max: usize) -> OpenApiRouter<Engine> {
    routes.layer(DefaultBodyLimit::max(max)).layer(map_response(checks::close))
}

/// The committed document: what `server/openapi.json` holds.
pub fn document() -> String {
    let (_, document) = api();
    document.to_pretty_json().expect("the document holds nothing that cannot be JSON") + "\n"
}

fn base() -> OpenApi {
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("kk_…").build();
    let header = |text: &str| {
        SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("Authorization", text)))
    };
    let mut components = Components::new();
    components.schemas.extend(refusals::schemas());
    components.add_security_scheme("api_key", SecurityScheme::Http(bearer));
    components
        .add_security_scheme("page", header("`Page <page_credential>`, or the page's cookie"));
    components.add_security_scheme("device", header("`Device <device_credential>`"));
    let info = InfoBuilder::new()
        .title("Kayle verify")
        .version("1")
        .description(Some(include_str!("openapi/guide.md")))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()));
    let tags = [
        ("sessions", "What integrators create and read. Needs an API key."),
        ("webhooks", "Where you are told, and what you were told. Needs an API key."),
        ("events", "What is sent to your webhook endpoints."),
        ("verify", "The page's and the phone's side of a session."),
    ];
    let tag = |(name, text)| TagBuilder::new().name(name).description(Some(text)).build();
    OpenApiBuilder::new()
        .info(info.build())
        .tags(Some(tags.map(tag)))
        .webhooks(Some(events::webhooks()))
        .components(Some(components))
        .build()
}

//! The sandbox's simulated phone over REST, for the tests of an integration (`spec.md` §7).

use axum::Json;
use axum::extract::State;
use kayle_app::page::Scenario;
use kayle_domain::{FailureCode, SessionId, Status};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::answer::{Data, ok};
use super::extract::{ApiJson, Authenticated, IdInPath, InSandbox};
use super::refusals::OfSimulation;
use super::schema::{self, SessionPath};
use crate::engine::Engine;
use crate::error::Error;
use crate::sandbox::passport::asked;
use crate::sandbox::phone::Errand;
use crate::service;

/// What the phone is to play.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Simulation {
    #[schema(schema_with = schema::scenario)]
    scenario: String,
    /// The optional claims to agree to, if nobody has agreed yet; all when absent.
    select: Option<Vec<String>>,
    /// The passport to read, as `kayle simulate --passport` takes it; the specimen's when absent.
    #[schema(value_type = Option<asked::Asked>)]
    passport: Option<Map<String, Value>>,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Simulated {
    #[schema(value_type = String)]
    session_id: SessionId,
    /// What was played.
    #[schema(schema_with = schema::scenario)]
    scenario: &'static str,
    /// How the session stands afterwards.
    #[schema(schema_with = schema::status)]
    status: Status,
    #[schema(schema_with = schema::failure_code, required = true)]
    failure_code: Option<FailureCode>,
    /// Each step the phone took, and what the server said.
    #[schema(value_type = Vec<Object>)]
    steps: Vec<Value>,
}

/// Simulate the phone
///
/// In a sandbox only; elsewhere this answers 404, whatever is sent. The phone agrees if nobody has, connects,
/// and plays the scenario through the public endpoints; the answer comes when it is done.
#[utoipa::path(post, path = "/v1/sessions/{id}/simulate", tag = "sessions",
    operation_id = "simulate_phone", params(SessionPath), request_body = Simulation,
    security(("api_key" = [])),
    responses((status = 200, body = Data<Simulated>), OfSimulation))]
pub async fn simulate(
    State(engine): State<Engine>,
    _: InSandbox,
    Authenticated(caller): Authenticated,
    IdInPath(id): IdInPath,
    ApiJson(asked): ApiJson<Simulation>,
) -> Result<Json<Data<Simulated>>, Error> {
    let passport =
        asked.passport.map_or_else(|| "{}".to_owned(), |it| Value::Object(it).to_string());
    let design =
        asked::design(&passport).map_err(|wrong| Error::invalid(format!("passport: {wrong}")))?;
    let scenario = Scenario::parse(&asked.scenario)
        .ok_or_else(|| Error::invalid("scenario is not one that the phone plays"))?;
    let errand = Errand { scenario, select: asked.select };
    let report = service::simulate::simulate(&engine, &caller, &id, (design, errand)).await?;
    let steps = report.steps.iter().map(|step| serde_json::to_value(step).unwrap_or_default());
    Ok(ok(Simulated {
        session_id: report.session_id,
        scenario: report.scenario,
        status: report.status,
        failure_code: report.failure_code,
        steps: steps.collect(),
    }))
}

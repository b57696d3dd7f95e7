-- One text for SQLite and PostgreSQL: TEXT, BIGINT (milliseconds, counters) only; flags are nullable instants.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    website TEXT,
    privacy_url TEXT,
    terms_url TEXT,
    support_email TEXT,
    fallback_url TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    contract TEXT NOT NULL,
    redirect_url TEXT,
    client_reference_id TEXT,
    metadata TEXT NOT NULL,
    locale TEXT,
    endpoints TEXT NOT NULL,
    cancel_token_hash TEXT NOT NULL,
    cancel_token_used_at BIGINT,
    nfc_tries BIGINT NOT NULL DEFAULT 0,
    liveness_tries BIGINT NOT NULL DEFAULT 0,
    last_failure TEXT,
    failure_code TEXT,
    cancelled_by TEXT,
    consent_id TEXT,
    consented_at BIGINT,
    contract_hash TEXT,
    selected_keys TEXT,
    consent_locale TEXT,
    device_id TEXT,
    device_key TEXT,
    device_seen_at BIGINT,
    epoch BIGINT NOT NULL DEFAULT 0,
    chip_attempt TEXT,
    chip_receipt TEXT,
    expires_at BIGINT NOT NULL,
    completed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX sessions_newest ON sessions (organization_id, created_at DESC, id DESC);
CREATE INDEX sessions_due ON sessions (expires_at) WHERE status IN ('created', 'in_progress');

CREATE TABLE attempts (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    id TEXT NOT NULL,
    check_name TEXT NOT NULL,
    status TEXT NOT NULL,
    failure_code TEXT,
    epoch BIGINT NOT NULL,
    lease_token TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    completed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, id)
);

CREATE UNIQUE INDEX attempts_open ON attempts (session_id, check_name) WHERE status = 'in_progress';

CREATE TABLE endpoints (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    event_types TEXT NOT NULL,
    retention_hours BIGINT NOT NULL DEFAULT 72,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);

CREATE INDEX endpoints_of ON endpoints (organization_id);

CREATE TABLE events (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX events_of ON events (session_id);

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id),
    endpoint_id TEXT NOT NULL REFERENCES endpoints (id),
    session_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    payload TEXT,
    tries BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL,
    lease_token TEXT,
    lease_until BIGINT,
    failure TEXT,
    completed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX deliveries_due ON deliveries (next_at) WHERE status = 'pending';
CREATE INDEX deliveries_leased ON deliveries (endpoint_id, lease_until) WHERE status = 'delivering';
CREATE INDEX deliveries_of ON deliveries (session_id);
CREATE INDEX deliveries_kept ON deliveries (completed_at) WHERE status = 'failed' AND payload IS NOT NULL;

CREATE TABLE delivery_tries (
    id TEXT PRIMARY KEY,
    delivery_id TEXT NOT NULL REFERENCES deliveries (id),
    latency_ms BIGINT NOT NULL,
    status_code BIGINT,
    error_class TEXT,
    created_at BIGINT NOT NULL
);

CREATE INDEX delivery_tries_of ON delivery_tries (delivery_id);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX audit_of ON audit (session_id);

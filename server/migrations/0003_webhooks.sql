-- What managing webhooks over REST adds: endpoints that change, rotate and go, encryption keys, and lists of what was sent.

ALTER TABLE endpoints ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE endpoints ADD COLUMN deleted_at BIGINT;
-- The secret before the last rotation, sealed, and until when it still signs.
ALTER TABLE endpoints ADD COLUMN previous_secret TEXT;
ALTER TABLE endpoints ADD COLUMN previous_until BIGINT;

UPDATE endpoints SET updated_at = created_at;

CREATE TABLE endpoint_keys (
    id TEXT PRIMARY KEY,
    endpoint_id TEXT NOT NULL REFERENCES endpoints (id),
    organization_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    jwk TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deactivated_at BIGINT,
    UNIQUE (endpoint_id, key_id)
);

CREATE UNIQUE INDEX endpoint_keys_active ON endpoint_keys (endpoint_id) WHERE deactivated_at IS NULL;

ALTER TABLE deliveries ADD COLUMN organization_id TEXT NOT NULL DEFAULT '';

UPDATE deliveries SET organization_id = (SELECT organization_id FROM events WHERE events.id = deliveries.event_id);

CREATE INDEX events_newest ON events (organization_id, created_at DESC, id DESC);
CREATE INDEX deliveries_newest ON deliveries (organization_id, created_at DESC, id DESC);
CREATE INDEX deliveries_of_event ON deliveries (event_id);
CREATE INDEX deliveries_of_endpoint ON deliveries (endpoint_id);

-- What the REST contract adds: remembered creates, key use, and lists that cost the same at any size.

-- One row per Idempotency-Key for 24 hours. The tag covers organization, route and key; the answer is sealed under a
-- key derived from the header itself, which is not stored.
CREATE TABLE idempotency (
    key_tag TEXT PRIMARY KEY,
    body_tag TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX idempotency_over ON idempotency (expires_at);

-- Which of those rows belongs to the session, so that an erasure finds it.
ALTER TABLE sessions ADD COLUMN idempotency_tag TEXT;

ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT;

CREATE INDEX sessions_by_status ON sessions (organization_id, status DESC, created_at DESC, id DESC);
CREATE INDEX sessions_by_reference ON sessions (organization_id, client_reference_id, created_at DESC, id DESC)
    WHERE client_reference_id IS NOT NULL;
CREATE INDEX sessions_by_reference_status
    ON sessions (organization_id, client_reference_id, status DESC, created_at DESC, id DESC)
    WHERE client_reference_id IS NOT NULL;

-- Deliveries wait per endpoint, first tries (lane 0) apart from later ones (lane 1), so that a claim costs the same
-- however many wait for an endpoint that takes none. A lease is over when it was seen unchanged for its length: no
-- instant on anybody's clock says when.

ALTER TABLE deliveries ADD COLUMN lane BIGINT NOT NULL DEFAULT 0;

UPDATE deliveries SET lane = 1 WHERE tries > 0;

DROP INDEX deliveries_leased;
ALTER TABLE deliveries DROP COLUMN lease_until;

CREATE INDEX deliveries_queued ON deliveries (lane, endpoint_id, next_at, id) WHERE status = 'pending';
CREATE INDEX deliveries_held ON deliveries (lane, endpoint_id) WHERE status = 'delivering';

-- What retention looks for.
CREATE INDEX deliveries_oldest ON deliveries (created_at);
CREATE INDEX events_oldest ON events (created_at);
CREATE INDEX sessions_ended ON sessions (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX audit_oldest ON audit (created_at);

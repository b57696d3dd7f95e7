-- Which document a confirmed chip was, as a keyed hash: its receipt may be made anew, for it alone.
ALTER TABLE sessions ADD COLUMN chip_document TEXT;

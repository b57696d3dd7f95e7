-- Which rule evidence broke: the trail knows, the device is told only the failure's code.
ALTER TABLE audit ADD COLUMN rule TEXT;

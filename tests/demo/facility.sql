-- SPDX-License-Identifier: MIT
-- An administrator's part: the jail, and who is told.  By which means a receiver
-- is told stands in the daemon's configuration, never in a table.

insert into detainerd.facility (code, name, jurisdiction, time_zone, go_live_at, counsel_contact)
	values ('DEMO-1', 'Demo County Jail', 'US-CT-DEMO', 'America/New_York', :'now', 'County Counsel, 555-0100');
insert into detainerd.route (facility_id, receiver)
	select facility_id, receiver
	  from detainerd.facility, (values ('duty-desk'), ('sergeant')) r (receiver)
	 where code = 'DEMO-1';

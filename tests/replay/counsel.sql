-- SPDX-License-Identifier: MIT
-- Places that counsel has given a verified local rule each: a valid detainer is
-- enough, 48 hours, once flat and once leaving out weekends and holidays.  They
-- lie in no state, so that nothing but the clock decides.

insert into detainerd.jurisdiction (code, name) values
	('REPLAY-FLAT', 'Replay, 48 hours flat'),
	('REPLAY-WORKDAYS', 'Replay, 48 hours without weekends and holidays');
insert into detainerd.rule (jurisdiction, effective_from, clock, hours, clock_verified, citation, adopted_by) values
	('REPLAY-FLAT', '1980-01-01', 'flat', 48, true, 'Replay Rule 1', 'replay'),
	('REPLAY-WORKDAYS', '1980-01-01', 'excluding_weekends_and_holidays', 48, true, 'Replay Rule 2', 'replay');
insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
	select rule_id, 1, citation, true from detainerd.rule where jurisdiction like 'REPLAY-%';
update detainerd.rule set status = 'adopted' where jurisdiction like 'REPLAY-%';

insert into detainerd.facility (code, name, jurisdiction, time_zone, go_live_at) values
	('PIERCE-FLAT', 'Pierce County, flat', 'REPLAY-FLAT', 'America/Los_Angeles', clock_timestamp()),
	('PIERCE-WORKDAYS', 'Pierce County, workdays', 'REPLAY-WORKDAYS', 'America/Los_Angeles', clock_timestamp()),
	('TRAVIS-FLAT', 'Travis County, flat', 'REPLAY-FLAT', 'America/Chicago', clock_timestamp()),
	('TRAVIS-WORKDAYS', 'Travis County, workdays', 'REPLAY-WORKDAYS', 'America/Chicago', clock_timestamp());

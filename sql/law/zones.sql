-- SPDX-License-Identifier: MIT
-- The zones of each state, 49 CFR part 71, by their IANA names; with them the Navajo Nation in Arizona, which sets its clocks
-- forward, and places whose clocks differ from their state's (71.5 to 71.12).  Zones whose clocks agree are named once.

insert into detainerd.jurisdiction_zone (jurisdiction, time_zone)
select 'US-' || state, zone.time_zone
  from (values
	('America/New_York', 'CT DE DC FL GA IN KY ME MD MA MI NH NJ NY NC OH PA RI SC TN VT VA WV'),
	('America/Chicago', 'AL AR FL IL IN IA KS KY LA MI MN MS MO NE ND OK SD TN TX WI'),
	('America/Denver', 'AZ CO ID KS MT NE NV NM ND OR SD TX UT WY'),
	('America/Phoenix', 'AZ'),
	('America/Los_Angeles', 'CA ID NV OR WA'),
	('America/Anchorage', 'AK'),
	('America/Adak', 'AK'),
	('Pacific/Honolulu', 'HI')) zone (time_zone, states)
 cross join lateral unnest(string_to_array(zone.states, ' ')) state
    on conflict do nothing;

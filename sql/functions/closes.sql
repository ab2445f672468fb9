-- SPDX-License-Identifier: MIT

create or replace function detainerd.closes(custody_outcome text, outcome_detail text) returns boolean
language sql immutable parallel safe
begin atomic
	select coalesce(custody_outcome in ('released', 'ice_custody', 'died', 'escaped')
	                or custody_outcome in ('ice_custody_in_place', 'other_agency') and outcome_detail ~ '\S', false);
end;
comment on function detainerd.closes(text, text) is
	'True where an outcome ends a stay. Absence is not release: null, unknown codes and moves (transferred, hospital, court, ...) close nothing; '
	'other_agency and ice_custody_in_place close only with ${outcome_detail}.';

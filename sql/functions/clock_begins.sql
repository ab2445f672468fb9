-- SPDX-License-Identifier: MIT

create or replace function detainerd.clock_begins(s detainerd.stay, start_event text) returns timestamptz
language sql stable parallel safe as $$
	-- never later than the person would otherwise go free: the papers may come early, and then the clock runs beside a sentence
	select case when start_event = 'papers_received' then least(s.starts_at, (
			select min(greatest(p.received_at, '1900-01-01'))	-- an absurd time is early enough, and can still be reckoned with
			  from detainerd.papers(s) p
			  join detainerd.detainer d on d.detainer_id = p.detainer_id
			 where p.void is null and d.admin_warrant in ('I-200', 'I-205')))
	            else s.starts_at end
$$;
comment on function detainerd.clock_begins(detainerd.stay, text) is
	'Where a rule''s clock begins for stay ${s}. ${start_event}: otherwise_released, at the start of the stay''s own clock; papers_received, at the first detainer that '
	'came with an administrative warrant, if that is earlier. Null where no start is known, unless papers have come.';

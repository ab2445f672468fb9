-- SPDX-License-Identifier: MIT
-- Short words for who was told what.  Included after people.sql; each alert goes out on its own unless a test is about digests.

update detainerd.setting set value = '1000000' where name = 'bulk_above';

-- Days in New York that are still to come, in whatever year this runs: one in winter, and those that lose an hour and have one twice.
select make_date(y, 1, 12) as winter, make_date(y, 3, 8) + (7 - extract(dow from make_date(y, 3, 8))::int) % 7 as spring,
	make_date(y, 11, 1) + (7 - extract(dow from make_date(y, 11, 1))::int) % 7 as autumn
from (select extract(year from now())::int + 2) t (y) \gset
create function pg_temp.new_york(day date, clock time) returns timestamptz language sql immutable as $$ select (day + clock) at time zone 'America/New_York' $$;

-- Deliveries about a person: receiver, state, and where it is still to come how long after the alert.
create function pg_temp.told(number text, kinds text, receivers text default '.') returns text language sql stable as $$
	select coalesce(string_agg(d.receiver || ' ' || d.state || case when d.state <> 'cancelled' and d.due_at <= a.raised_at + interval '1 day'
			then ' +' || (d.due_at - a.raised_at) else '' end, ', ' order by d.receiver, d.due_at), 'none')
	from detainerd.delivery d join detainerd.alert a using (alert_id)
	where a.stay_id in (select unnest(members) from detainerd.hold where pg_temp.id(number) = any (members)) and a.kind ~ kinds and d.receiver ~ receivers
$$;

-- What a daemon with such receivers takes at an instant, of what is said of a person: kind, receiver.
create function pg_temp.taken(number text, as_of timestamptz, receivers text default '.') returns text language sql volatile as $$
	select coalesce(string_agg(a.kind || ' ' || d.receiver, ', ' order by a.kind, d.receiver) filter (where b.booking_number = number), 'none')
	from unnest(detainerd.take('d1', array(select distinct d.receiver from detainerd.delivery d where d.receiver ~ receivers), 10000, '1 hour', as_of)) t (delivery_id)
	join detainerd.delivery d using (delivery_id) join detainerd.alert a using (alert_id) left join detainerd.booking b using (booking_id)
$$;

-- Settles all that is under way alike.
create function pg_temp.settle(outcome text, retry_in_ms bigint default 0, code int default null, daemon text default 'd1') returns int language sql volatile as $$
	select s.settled
	from (select array_agg(delivery_id order by delivery_id) as ids, array_agg(attempts order by delivery_id) as attempts, count(*)::int as n from detainerd.delivery where state = 'leased') u
	cross join lateral detainerd.settle(daemon, u.ids, u.attempts, array_fill(outcome, array[u.n]), array_fill(code, array[u.n]), array_fill(3, array[u.n]),
		array_fill('what it said'::text, array[u.n]), array_fill(retry_in_ms, array[u.n])) s
	where u.n > 0
$$;

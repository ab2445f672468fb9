-- SPDX-License-Identifier: MIT
-- What an administrator does about deliveries.

create or replace function detainerd.retry_delivery(delivery_id bigint) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	was detainerd.delivery;
begin
	select d.* into was from detainerd.delivery d where d.delivery_id = retry_delivery.delivery_id for no key update;
	if was.delivery_id is null then
		raise exception 'cannot retry delivery %: there is none of this number', retry_delivery.delivery_id
			using errcode = 'no_data_found', hint = 'detainerctl deliveries lists them, as detainerd.delivery_log does.';
	elsif was.state = 'leased' and was.lease_until > clock_timestamp() then
		raise exception 'cannot retry delivery %: daemon ''%'' is trying just now', was.delivery_id, was.leased_by
			using errcode = 'object_in_use', hint = 'Wait for its lease to run out.';
	end if;
	if detainerd.is_closed(was.alert_id) then
		raise exception 'cannot retry delivery %: its alert is resolved or superseded', was.delivery_id
			using errcode = 'object_not_in_prerequisite_state', hint = 'Nothing more goes out for it.';
	end if;
	update detainerd.delivery d set state = 'due', digest_id = null, due_at = clock_timestamp(), first_due_at = clock_timestamp(), leased_by = null, lease_until = null
	 where d.delivery_id = was.delivery_id;
	notify detainerd;
	return was.alert_id;
end;
$$;
comment on function detainerd.retry_delivery(bigint) is 'Tries a delivery once more, whatever became of it, while its alert stands: a new attempt, the old ones stay. An acknowledged reminder waits until that expires. Returns its alert.';

create or replace function detainerd.test_receiver(receiver text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	at timestamptz := clock_timestamp();
	id text := detainerd.alert_id(0, 'test', clock_timestamp(), 0);
begin
	if not detainerd.is_served(test_receiver.receiver, at) then
		raise exception 'cannot test receiver ''%'': no running daemon has it', test_receiver.receiver
			using errcode = 'no_data_found', hint = 'Name it in a daemon''s configuration and reload; see detainerd.daemon_status.';
	end if;
	insert into detainerd.alert (alert_id, kind, reason, occurrence, due_at, raised_at, severity)
	values (id, 'test', 'asked for by ' || session_user, 0, at, at, 'info');
	insert into detainerd.delivery (alert_id, receiver, due_at, first_due_at) values (id, test_receiver.receiver, at, at);
	notify detainerd;
	return id;
end;
$$;
comment on function detainerd.test_receiver(text) is 'Sends a message marked as a test through the real path. Returns the alert''s id, by which detainerd.delivery_log shows what came of it.';

create or replace function detainerd.alert_kinds() returns text[]
language sql immutable parallel safe
begin atomic
	select '{due_soon,release_due,overdue,superseded,resolved,deadline_moved,counsel_needed,claim_review,custody_unclear,duty_due,duty_missed,facts_stale,monitor_degraded,digest,daily_digest,test}'::text[];
end;
comment on function detainerd.alert_kinds() is 'The kinds of alerts that are raised. A route may ask for others, and is then told nothing.';

create or replace function detainerd.goes_by_no_route(kind text) returns text
language sql immutable parallel safe
begin atomic
	select case kind when 'superseded' then 'it goes to whoever was told of the alert that no longer applies'
	                 when 'resolved' then 'it goes to whoever was told of the alert that is over'
	                 when 'digest' then 'it goes to a receiver in place of the alerts that it lists'
	                 when 'test' then 'it goes to the receiver that it is for, see: detainerctl receivers test' end;
end;
comment on function detainerd.goes_by_no_route(text) is 'How alerts of ${kind} go, in words, where that is not by routes that ask for them; else null. A route that asks for nothing else tells nobody.';

create or replace function detainerd.route_plan(facility text, kind text)
returns table (receiver text, after interval, repeat_every interval, route_id bigint, alive boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	if not exists (select from detainerd.facility f where f.code = route_plan.facility) then
		raise exception 'cannot plan: there is no facility ''%''', route_plan.facility
			using errcode = 'no_data_found', hint = 'See: detainerctl facility';
	elsif (route_plan.kind = any (detainerd.alert_kinds())) is not true then
		raise exception 'cannot plan: there is no alert of kind ''%''', route_plan.kind
			using errcode = 'no_data_found', hint = 'The kinds are ' || array_to_string(detainerd.alert_kinds(), ', ') || '.';
	end if;
	return query
	select ro.receiver, min(ro.step_delay), case when detainerd.is_repeated(route_plan.kind) then min(ro.repeat_every) end,
	       (array_agg(ro.route_id order by ro.repeat_every, ro.route_id))[1], detainerd.is_served(ro.receiver, clock_timestamp())
	  from detainerd.facility f
	  -- what is wrong with detainerd itself is about no facility
	 cross join lateral detainerd.routes_for(case when route_plan.kind <> 'monitor_degraded' then f.facility_id end, route_plan.kind) ro
	 where f.code = route_plan.facility
	 group by ro.receiver
	 order by min(ro.step_delay), ro.receiver;
end;
$$;
comment on function detainerd.route_plan(text, text) is 'Who would be told of an alert of ${kind} at ${facility}, how long after it, how often again, and whether a running daemon can. Sends nothing.';

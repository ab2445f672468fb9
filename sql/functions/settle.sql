-- SPDX-License-Identifier: MIT

create or replace function detainerd.settle(daemon text, delivery_ids bigint[], attempts int[], outcomes text[], codes int[], elapsed_ms int[],
	answers text[], retry_in_ms bigint[])
returns table (settled int, server_us bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	as_of timestamptz := clock_timestamp();
begin
	return query
	with result as materialized (
		select r.*, d.receiver, a.kind, a.alert_id, accepted, r.retry_in_ms > 0 and accepted as refresh, detainerd.is_closed(a.alert_id) as closed,
		       -- what tells somebody to release, or takes that back, is never given up; nor is a digest, which may list such
		       a.kind in ('release_due', 'overdue', 'superseded', 'digest') as must_be_told,
		       -- A receiver that forgets is told again, of the newest of its kind; a person who does not answer, by the route's own wish.
		       case when not accepted then null
		            when r.retry_in_ms > 0 then not exists (
				select from detainerd.alert n
				 where n.stay_id = a.stay_id and n.kind = a.kind and n.release_at = a.release_at and n.occurrence > a.occurrence)
		            else detainerd.is_repeated(a.kind) and ro.repeat_every is not null end as again,
		       case when r.retry_in_ms > 0 or not accepted then r.retry_in_ms * interval '1 millisecond' else ro.repeat_every end as next_in
		  from unnest(delivery_ids, attempts, outcomes, codes, elapsed_ms, answers, retry_in_ms)
		            r (delivery_id, attempt, outcome, code, elapsed_ms, answer, retry_in_ms)
		  join detainerd.delivery d on d.delivery_id = r.delivery_id
		  join detainerd.alert a on a.alert_id = d.alert_id
		 cross join lateral (select r.outcome = 'accepted' as accepted) answer
		  left join detainerd.route ro on ro.route_id = d.route_id and ro.enabled
	), attempt as (
		insert into detainerd.delivery_attempt (delivery_id, attempt, daemon, settled_at, outcome, code, elapsed_ms, answer)
		select r.delivery_id, r.attempt, settle.daemon, as_of, r.outcome, r.code, r.elapsed_ms, left(r.answer, 200)
		  from result r
		on conflict (delivery_id, attempt, daemon) do nothing	-- settled again: the first answer was lost on its way
		returning delivery_id
	), health as (
		insert into detainerd.receiver_health as h (receiver, failures, failing_since)
		select r.receiver, case when bool_or(r.outcome = 'accepted') then 0 else count(*) end,
		       case when bool_or(r.outcome = 'accepted') then null else as_of end
		  from result r group by r.receiver order by r.receiver
		on conflict (receiver) do update
		   set failures = case when excluded.failures = 0 then 0 else h.failures + excluded.failures end,
		       failing_since = case when excluded.failures = 0 then null else coalesce(h.failing_since, excluded.failing_since) end
		 where h.failures > 0 or excluded.failures > 0
	), settled as (
		-- accepted counts whoever says it; a failure only from the holder of the lease
		update detainerd.delivery d
		   set state = case when r.accepted and not r.again then 'delivered'
		                    when r.closed then case when r.accepted or d.delivered_at is not null then 'delivered' else 'cancelled' end
		                    when not r.accepted and not r.must_be_told
		                     and (r.kind = 'test' or r.code = 410 or d.first_due_at < as_of - detainerd.setting('give_up_after')::interval) then 'gave_up'
		                    else 'due' end,
		       delivered_at = case when r.accepted then coalesce(d.delivered_at, as_of) else d.delivered_at end,
		       -- told, and to be told again while nobody has it
		       reminder = d.reminder or r.accepted and r.again and not r.refresh,
		       tellings = d.tellings + (r.accepted and not r.refresh)::int,
		       -- told after all: the retry that was to come does not, even where the alert is reopened
		       due_at = case when not r.accepted or r.again then as_of + r.next_in when d.state = 'due' then least(d.due_at, as_of) else d.due_at end,
		       first_due_at = case when r.accepted and r.again then as_of + r.next_in else d.first_due_at end,
		       leased_by = null, lease_until = null
		  from result r
		 where r.delivery_id = d.delivery_id
		   and (r.accepted and d.state in ('due', 'leased', 'gave_up', 'cancelled') and d.attempts >= r.attempt
		        or d.state = 'leased' and d.leased_by = settle.daemon and d.attempts = r.attempt)
		returning d.delivery_id
	), listed as (
		update detainerd.delivery d set state = 'delivered', delivered_at = as_of
		  from result r where r.outcome = 'accepted' and r.kind = 'digest' and d.digest_id = r.alert_id and d.state = 'digested' and d.attempts > 0
	)
	select (select count(*) from attempt)::int, detainerd.epoch_us(clock_timestamp()) from (select count(*) from settled) s;
end;
$$;
comment on function detainerd.settle(text, bigint[], int[], text[], int[], int[], text[], bigint[]) is
	'Records what came of attempts: accepted (which is not yet seen by a person), or refused, unreachable, timeout, misconfigured, '
	'due again after ${retry_in_ms}; accepted and due again after ${retry_in_ms}, where a receiver must be refreshed while the alert is open. All arrays run in step. Only what need not be said any more is ever given up, and a test at once.';

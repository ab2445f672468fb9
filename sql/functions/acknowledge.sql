-- SPDX-License-Identifier: MIT

drop function if exists detainerd.acknowledge(text, text, text);
create or replace function detainerd.acknowledge(alert_id text, reason text, note text) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	told detainerd.alert;
	at timestamptz;
	silent_until timestamptz;
	silenced text[];
	on_their_way int;
begin
	if acknowledge.reason is null or acknowledge.reason not in ('release_started', 'other_authority', 'ice_here', 'counsel_called', 'wrong_record') then
		raise exception 'cannot acknowledge: unknown reason ''%''', acknowledge.reason
			using errcode = 'invalid_parameter_value',
			      hint = 'Use release_started, other_authority, ice_here, counsel_called or wrong_record.';
	end if;
	select a.* into told from detainerd.alert a where a.alert_id = acknowledge.alert_id;
	if told.alert_id is null then
		raise exception 'cannot acknowledge ''%'': no such alert', acknowledge.alert_id
			using errcode = 'no_data_found', hint = 'detainerctl alerts lists them, as detainerd.alert_log does.';
	end if;
	if told.kind in ('digest', 'daily_digest', 'test') then
		raise exception 'cannot acknowledge ''%'': it lists alerts, or tells of nothing', acknowledge.alert_id
			using errcode = 'object_not_in_prerequisite_state', hint = 'Acknowledge each alert that it lists; see detainerctl alerts show.';
	end if;
	-- claims of this stay's reminders that are under way are finished first, and later ones see what we write
	perform pg_advisory_xact_lock(detainerd.stay_lock(told.stay_id));
	if told.kind in ('superseded', 'resolved') or detainerd.is_closed(told.alert_id)
	   and not exists (select from detainerd.open_alerts(array[told.stay_id]) o where o.alert_id = told.alert_id) then
		raise exception 'cannot acknowledge ''%'': it is resolved or superseded', acknowledge.alert_id
			using errcode = 'object_not_in_prerequisite_state', hint = 'Nothing more goes out for it.';
	end if;
	at := clock_timestamp();
	silent_until := at + case when acknowledge.reason = 'other_authority' then interval '30 minutes'
	                          else detainerd.setting('ack_expires')::interval end;
	insert into detainerd.alert_event (alert_id, event, at, by_whom, reason, note, expires_at)
	values (told.alert_id, 'acknowledged', at, session_user, acknowledge.reason, acknowledge.note, silent_until);

	-- what is not on its way yet, alone or in a digest, waits until this expires
	silenced := array(select a.alert_id from detainerd.alert a
	                   where a.alert_id = told.alert_id
	                      or a.stay_id = told.stay_id and a.release_at = told.release_at
	                         and detainerd.is_of_release(a.kind) and detainerd.is_of_release(told.kind));
	update detainerd.delivery d set state = 'due', digest_id = null, due_at = silent_until, first_due_at = silent_until
	  from (select w.delivery_id from detainerd.delivery w
	         where w.alert_id = any (silenced) and detainerd.reminds(w) and w.due_at < silent_until and (w.state = 'due' or w.state = 'digested' and w.attempts = 0)
	         order by w.delivery_id for no key update) waiting
	 where d.delivery_id = waiting.delivery_id;
	select count(*) into on_their_way
	  from detainerd.delivery d where d.alert_id = any (silenced) and detainerd.reminds(d) and d.lease_until > at and d.state = 'leased';

	-- never wait for a clerk who is writing this stay: looking too early finds nothing due
	update detainerd.hold h set next_due_at = n.next_due_at
	  from detainerd.next_due(array(select h.stay_id from detainerd.hold h where h.stay_id = told.stay_id for no key update skip locked),
	                          clock_timestamp()) n
	 where h.stay_id = n.stay_id;
	notify detainerd;
	return on_their_way;
end;
$$;
comment on function detainerd.acknowledge(text, text, text) is
	'Somebody has it: silences due_soon, overdue and escalation of that release instant, or the escalation of another alert, until it expires '
	'(setting ack_expires; other_authority: 30 minutes), and nothing else. '
	'${reason}: release_started, other_authority, ice_here, counsel_called, wrong_record. Returns how many reminders were already on their way and may still arrive.';

-- SPDX-License-Identifier: MIT
-- When an alert is closed, and when its reminders are silent.

create or replace function detainerd.is_closed(alert_id text) returns boolean
language sql stable parallel safe
begin atomic
	select exists (select from detainerd.alert_event e where e.alert_id = is_closed.alert_id and e.event = 'superseded')
	       or coalesce((select e.event = 'resolved' from detainerd.alert_event e
	                     where e.alert_id = is_closed.alert_id and e.event in ('resolved', 'reopened') order by e.alert_event_id desc limit 1), false);
end;
comment on function detainerd.is_closed(text) is 'True where an alert was superseded, or resolved and not reopened since: what is not delivered of it yet is not delivered any more.';

create or replace function detainerd.stay_lock(stay_id bigint) returns bigint
language sql immutable parallel safe
begin atomic
	select (x'6465'::bigint << 48) | coalesce(stay_id, 0);
end;
comment on function detainerd.stay_lock(bigint) is 'Key of the advisory lock that orders claims of reminders of a stay and its acknowledgements.';

create or replace function detainerd.is_of_release(kind text) returns boolean
language sql immutable parallel safe
begin atomic
	select kind in ('due_soon', 'release_due', 'overdue');
end;
comment on function detainerd.is_of_release(text) is 'True of the kinds of alert that tell of one release instant: whoever acknowledges one of them has acknowledged all.';

create or replace function detainerd.is_silenced(kind text) returns boolean
language sql immutable parallel safe
begin atomic
	select kind not in ('deadline_moved', 'superseded', 'resolved', 'digest', 'daily_digest', 'test');
end;
comment on function detainerd.is_silenced(text) is 'True of the kinds of alert of which an acknowledgement silences the later steps.';

create or replace function detainerd.is_repeated(kind text) returns boolean
language sql immutable parallel safe
begin atomic
	select detainerd.is_silenced(kind) and kind not in ('due_soon', 'overdue');
end;
comment on function detainerd.is_repeated(text) is 'True of the kinds of alert that a route with repeat_every tells again: what an acknowledgement silences, and does not come again by itself.';

create or replace function detainerd.silent_until(stay_id bigint, release_at timestamptz) returns timestamptz
language sql stable parallel safe
begin atomic
	select max(e.expires_at)
	  from detainerd.alert a join detainerd.alert_event e on e.alert_id = a.alert_id and e.event = 'acknowledged'
	 where a.stay_id = silent_until.stay_id and a.release_at = silent_until.release_at and detainerd.is_of_release(a.kind);
end;
comment on function detainerd.silent_until(bigint, timestamptz) is 'Until when acknowledgements silence the reminders of a release instant; null: never acknowledged.';

create or replace function detainerd.reminds(d detainerd.delivery) returns boolean
language sql immutable parallel safe
begin atomic
	select (d).reminder and ((d).delivered_at is null or (d).tellings > 0);
end;
comment on function detainerd.reminds(detainerd.delivery) is
	'True of a delivery that an acknowledgement silences; not of one that is only said again to a receiver that forgets, and tells nobody anew.';

create or replace function detainerd.is_pending(d detainerd.delivery, as_of timestamptz) returns boolean
language sql immutable parallel safe
begin atomic
	select (d).state in ('due', 'leased') and (d).first_due_at <= as_of;
end;
comment on function detainerd.is_pending(detainerd.delivery, timestamptz) is
	'True of a delivery that is due and that its receiver has not accepted since: not of a later step, a repetition or a digest whose time has not come.';

create or replace function detainerd.hushed_until(told detainerd.alert) returns timestamptz
language sql stable parallel safe
begin atomic
	select case when detainerd.is_of_release((told).kind) then detainerd.silent_until((told).stay_id, (told).release_at)
	            else (select max(e.expires_at) from detainerd.alert_event e where e.alert_id = (told).alert_id and e.event = 'acknowledged') end;
end;
comment on function detainerd.hushed_until(detainerd.alert) is
	'Until when reminders and escalation of an alert are silent: somebody acknowledged it, or of a release instant any of its alerts; null: nobody has.';

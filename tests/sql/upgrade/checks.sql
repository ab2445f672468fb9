-- SPDX-License-Identifier: MIT
-- What must hold of that data now: a line each, what and whether.

select 'every migration has run, in order', array_agg(id order by id) = array(select generate_series(1, max(id)) from detainerd.migration) and max(id) >= 7 from detainerd.migration;
select 'a reminder of the old release is one that an acknowledgement silences', bool_and(reminder = (kind = 'overdue')) and count(*) = 4 from detainerd.delivery join detainerd.alert using (alert_id);
select 'what was delivered counts as told once', bool_and(tellings = (state = 'delivered')::int) from detainerd.delivery;
select 'what is undelivered is so since it was due', bool_and(d.first_due_at = d.due_at) from detainerd.delivery d;
select 'what was written hours ago is not a burst of this minute', bool_and(created_at < now() - interval '1 hour') from detainerd.delivery;
select 'facts are as old as they are', count(*) = 1 and bool_and(seen_at < now() - interval '2 hours') from detainerd.feed;
select 'routes go forward', bool_and(step_delay >= interval '0' and (repeat_every is null or repeat_every >= interval '1 minute')) and count(*) = 2 from detainerd.route;
select 'an administrator''s route is as it was', step_delay = '10 minutes' and repeat_every = '1 hour' from detainerd.route where receiver = 'chief';
select 'raising goes on', raised > 0 from detainerd.raise_due(clock_timestamp(), 100);
select 'who is overdue for days is told at changes of shift', max(a.occurrence) > 60 from detainerd.alert a join detainerd.booking using (booking_id) where booking_number = 'days' and kind = 'overdue';
select 'and next at the next one', next_due_at > clock_timestamp() and next_due_at < clock_timestamp() + interval '10 hours' from detainerd.hold join detainerd.booking using (booking_id) where booking_number = 'days';
select 'nobody is told of the same release again', count(*) = 2 from detainerd.alert where kind = 'release_due';
select 'what waited is claimed', count(*) filter (where kind = 'overdue') >= 2 from detainerd.claim('new', '{desk}', 100, '30 seconds');
select 'what is stored is what is judged', not exists (select from detainerd.hold_drift);
select 'an old function of the same name is gone', count(*) = 1 from pg_proc where pronamespace = 'detainerd'::regnamespace and proname in ('daemon_hello');

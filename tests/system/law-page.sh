# SPDX-License-Identifier: MIT
# detainerd-law(7): every example in it is computed anew, by the clocks and by verdicts.
. tests/lib/system.sh
page=daemon/detainerd-law.7
clocks='flat|excluding_weekends_and_holidays|until_local_midnight|none'
while read -r clock hours zone day hour until_day until_hour; do
	equal "$clock from $day $hour" "$until_day $until_hour" "$(value "
		select to_char(detainerd.clock_ends('$day $hour'::timestamp at time zone '$zone', '$zone', '$clock', nullif('$hours', '-')::int) at time zone '$zone', 'YYYY-MM-DD HH24:MI')")"
done < <(grep -E "^($clocks) ([0-9]+|-) [A-Z]" $page)
equal 'every clock has its example' "$(tr '|' '\n' <<<"$clocks" | sort)" "$(grep -Eo "^($clocks) ([0-9]+|-) [A-Z]" $page | cut -d ' ' -f 1 | sort -u)"
expect 'and there is no other clock' truth "select count(*) = 4 from regexp_matches(
	(select pg_get_constraintdef(oid) from pg_constraint where conname = 'rule_clock_is_known'), '''[a-z_]+''::text', 'g')"

n=0
while read -r jurisdiction form ground came_day came free_day free until_day until; do
	n=$((n + 1))
	psql_run <<-SQL
		insert into detainerd.facility (code, jurisdiction, time_zone) values ('E$n', '$jurisdiction', 'America/New_York');
		with b as (insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
			select facility_id, 'E$n', t.came - interval '2 days', t.free
			  from detainerd.facility, (select '$came_day $came'::timestamp at time zone 'America/New_York', '$free_day $free'::timestamp at time zone 'America/New_York') t (came, free)
			 where code = 'E$n' returning *),
		d as (insert into detainerd.detainer (booking_id, form, received_at, served_at, admin_warrant, reference)
			select booking_id, '$form', booked_at + interval '2 days', booked_at + interval '2 days', 'I-200', 'd' from b)
		insert into detainerd.finding (booking_id, ground, evidence, found_at, reference)
			select booking_id, '$ground', 'on file', booked_at, 'f' from b;
	SQL
	equal "$jurisdiction, $form, free at $free_day $free" "$until_day $until" "$(value "
		select to_char(release_at at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI') from detainerd.hold join detainerd.booking using (booking_id) where booking_number = 'E$n'")"
done < <(grep -E '^US-[A-Z]+ I-247' $page)
equal 'every example of a hold was read' 5 "$n"

# What the page says of grounds and of a version is what the database takes.
equal 'every ground stands in the page, and no other' "$(value 'select unnest(detainerd.known_grounds()) order by 1')" \
	"$(sed -n '/^\.Sh GROUNDS/,/^\.Sh SEE/s/^\.It Li //p' $page | tr -d ' ' | tr ',' '\n' | LC_ALL=C sort)"
{
	echo '{"format": "detainerd-law/1", "jurisdictions": [{"code": "US-CT", "versions": ['
	sed -n '/^{"version"/,/^\.Ed/p' $page | sed '/^\.Ed/d; s/\\(sc/§/'
	echo ']}]}'
} >"$WORK/page.json"
expect 'the version in the page is taken as it stands' "$BUILD/detainerctl" law propose "$WORK/page.json"

-- SPDX-License-Identifier: MIT
-- Shapes in which one function hands its reading to the next.  Code, not state: dropped with all that uses them and made anew.

drop type if exists detainerd.stay cascade;
drop type if exists detainerd.paper cascade;
drop type if exists detainerd.level cascade;
drop type if exists detainerd.standing cascade;
drop type if exists detainerd.alternative_met cascade;
drop type if exists detainerd.reading cascade;
drop type if exists detainerd.verdict cascade;

create type detainerd.stay as (
	stay_id bigint,
	booking_id bigint,
	members bigint[],
	facility_id bigint,
	jurisdiction text,
	agency_kind text,
	time_zone text,
	booked_at timestamptz,
	booked_on date,
	release_eligible_at timestamptz,
	bases tstzmultirange,
	starts_at timestamptz,
	reads_from timestamptz,
	ended_at timestamptz,
	ends_at timestamptz,
	read_at timestamptz
);
comment on type detainerd.stay is 'One stay: its bookings as one, its bases, where its clock starts, and the last instant at which it is read.';

create type detainerd.paper as (
	detainer_id bigint,
	form text,
	received_at timestamptz,
	effective_at timestamptz,
	rescinded_at timestamptz,
	declined_at timestamptz,
	void text,
	span tstzrange,
	ends_by timestamptz
);
comment on type detainerd.paper is 'One detainer: the span in which it is in force, why never (void), and where its form''s own clock ends.';

create type detainerd.standing as (
	ground text,
	span tstzmultirange
);
comment on type detainerd.standing is 'A bar and when it stands.';

create type detainerd.alternative_met as (
	alternative int,
	verified boolean,
	citation text,
	met tstzmultirange,
	if_evidenced tstzmultirange,
	if_kept tstzmultirange
);
comment on type detainerd.alternative_met is 'One alternative: when it is met; when it would be with all evidence in hand; when, had nothing been withdrawn.';

create type detainerd.level as (
	depth int,
	jurisdiction text,
	rule_id bigint,
	citation text,
	span tstzrange,
	clock text,
	hours int,
	clock_verified boolean,
	start_event text,
	bars detainerd.standing[],
	alternatives detainerd.alternative_met[],
	forbids tstzmultirange,
	allows tstzmultirange,
	forbids_if_evidenced tstzmultirange,
	allows_if_evidenced tstzmultirange,
	forbids_if_kept tstzmultirange,
	allows_if_kept tstzmultirange
);
comment on type detainerd.level is 'One version of one jurisdiction''s rule as it speaks of one stay. Depth 0 is the nearest. Silent where it neither forbids nor allows.';

create type detainerd.reading as (
	allowed boolean,
	reason text,
	detail text,
	detainer_id bigint,
	rule_id bigint,
	alternative int,
	section text,
	citation text
);
comment on type detainerd.reading is 'What papers and law say of one stay at one instant.';

create type detainerd.verdict as (
	read_at timestamptz,
	booking_id bigint,
	allowed boolean,
	reason text,
	citation text,
	release_at timestamptz
);
comment on type detainerd.verdict is 'What judge() says of one stay, as far as a change of the law moves it.';

-- SPDX-License-Identifier: MIT
-- Where the files of the jurisdictions write what they know; enact.sql brings it into force and drops these tables.
--
-- Marks: V read in the law's own text, or in an official summary of it; S read about, in news, advocacy or debate; M from
-- memory; ? not known.  They stand on each version's first day, each alternative and each clock, not on a state.
--
--   V        may allow
--   S, M, ?  may forbid and cap, for doubt falls toward release; where such an alternative is met the answer is "counsel
--            must decide"
--
-- A version is adopted where its first day is known, be it by S or M; it is left a draft (adopt = false, silent) where
-- even the day is not, where the whole of it is from memory, or where it neither allows nor forbids a hold.
-- One exception: Maine's, whose month is known and whose day is not, for before and after it nothing but a judge's warrant
-- lets anybody be held.
--
-- Duties stand beside the versions: a duty has its own days, changes no verdict, and raises alerts only where it is V.
--
-- A version whose first day is S or M forbids and caps from that day, and allows nothing before allows_from, the first day
-- on which what was read shows it in force.  It needs none where all that it allows, the version before allowed in the same
-- words (Connecticut's of 2025): whichever is in force, the answer is the same.

create temporary table written_rule (
	version text primary key,
	jurisdiction text not null,
	agency_kind text,
	effective_from date not null,
	mark text not null,
	allows_from date,
	adopt boolean not null default true,
	policy text not null,
	clock text,
	clock_mark text,
	start_event text not null default 'otherwise_released',
	citation text not null,
	source text not null,
	note text
);
create temporary table written_alternative (
	version text not null references written_rule,
	alternative int not null,
	subsection text,
	mark text not null,
	primary key (version, alternative)
);
create temporary table written_term (
	n int generated always as identity,
	version text not null,
	alternative int not null,
	ground text not null,
	felony_classes text[],
	list_id text,
	max_age_years int,
	issuer text,
	foreign key (version, alternative) references written_alternative
);
create temporary table written_duty (
	name text primary key,
	jurisdiction text not null,
	duty text not null,
	event text not null,
	hours int,
	every_months int,
	due_after interval,
	effective_from date not null,
	effective_until date,
	mark text not null,
	citation text not null,
	source text not null,
	note text
);
create temporary table written_bar (
	version text not null references written_rule,
	ground text not null
);

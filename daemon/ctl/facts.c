/* SPDX-License-Identifier: MIT */
/*
 * facts.c: the verbs that record facts by hand, as tables. The columns are those of an import file of the kind
 * (detainerd.import_columns(); a test compares them).
 */
#include "ctl/command.h"
#include "ctl/facilities.h"
#include "ctl/fact.h"

#define DOC_END \
	"\vTimes are written as in an import file, or `now'. What is not given stays as it is. " \
	"Without any, what is recorded is shown."

static const struct fact_column facility_columns[] = { { "name", NULL, "TEXT", "Name for people" },
	{ "jurisdiction", NULL, "CODE", "Whose law: CT, US-CT, US-NY-NYC" },
	{ "agency-kind", NULL, "KIND", "county_jail, police, state_doc, ..." },
	{ "time-zone", NULL, "ZONE", "IANA name, such as America/New_York" },
	{ "go-live-at", NULL, "TIME", "What lies before is told in a digest" },
	{ "processing-minutes", NULL, "N",
	    "Minutes that a release takes: moves the first overdue alert" },
	{ "facts-max-age", NULL, "DURATION", "No write for longer: the feed has stopped" },
	{ "counsel-contact", NULL, "TEXT", "Whom to call when counsel must decide" }, { 0 } };

static const struct fact_column booking_columns[] = { { "booked-at", NULL, "TIME",
							  "When custody here began" },
	{ "fingerprints-sent-at", NULL, "TIME", "When fingerprints were sent" },
	{ "release-eligible-at", NULL, "TIME", "When the person would otherwise go free" },
	{ "custody-ended-at", NULL, "TIME", "When custody here ended" },
	{ "custody-outcome", NULL, "OUTCOME", "How: released, ice_custody, transferred, ..." },
	{ "outcome-detail", NULL, "TEXT", "Which agency, which officer" },
	{ "continues", "continues_booking_number", "BOOKING", "The booking this one goes on from" },
	{ "continues-at", "continues_booking_facility", "CODE", "Where that one is" },
	{ "merged-into", "merged_into_number", "BOOKING", "The booking that replaces this one" },
	{ "merged-into-at", "merged_into_facility", "CODE", "Where that one is" }, { 0 } };

static const struct fact_column custody_columns[] = { { "ended-at", "custody_ended_at", "TIME",
							  "When custody here ended" },
	{ "outcome", "custody_outcome", "OUTCOME",
	    "released, ice_custody, ice_custody_in_place, other_agency, died, escaped end a stay; "
	    "transferred, hospital, court, furlough, recorded_in_error, merged do not" },
	{ "detail", "outcome_detail", "TEXT", "Which agency, which officer and when" }, { 0 } };

static const struct fact_column basis_columns[] = {
	{ "kind", NULL, "KIND",
	    "local_charge, sentence, other_agency, us_marshals, parole, judicial_warrant, other" },
	{ "agency", NULL, "NAME", "Whose it is" }, { "began-at", NULL, "TIME", "From when" },
	{ "ended-at", NULL, "TIME", "Until when" }, { "evidence", NULL, "TEXT", "What shows it" },
	{ 0 }
};

static const struct fact_column detainer_columns[] = { { "form", NULL, "FORM",
							   "I-247A, I-247D, ..." },
	{ "issued-on", NULL, "DATE", "Date on the form" },
	{ "received-at", NULL, "TIME", "When the jail received it" },
	{ "served-at", NULL, "TIME", "When the person got a copy" },
	{ "rescinded-at", NULL, "TIME", "When ICE withdrew it" },
	{ "admin-warrant", NULL, "FORM", "Attached: I-200 or I-205" },
	{ "comply", NULL, "yes|no", "The agency's own choice" },
	{ "comply-by", NULL, "NAME", "Who chose" },
	{ "comply-at", NULL, "TIME", "From when the choice holds" },
	{ "comply-reason", NULL, "TEXT", "Why" }, { 0 } };

static const struct fact_column finding_columns[] = {
	{ "ground", NULL, "GROUND", "What was found: conv_felony_class, us_citizen_claim, ..." },
	{ "felony-class", NULL, "CLASS", "As the jurisdiction names it" },
	{ "list-id", NULL, "LIST", "The statute's list with the offence" },
	{ "convicted-on", NULL, "DATE", "When" },
	{ "issuer", NULL, "WHO", "federal_judge or state_judge" },
	{ "case-number", NULL, "TEXT", "The court's number" },
	{ "evidence", NULL, "TEXT", "What shows it" }, { "found-by", NULL, "NAME", "Who found it" },
	{ "found-at", NULL, "TIME", "From when it stands" },
	{ "withdrawn-at", NULL, "TIME", "Until when it stood" }, { 0 }
};

static const struct fact_column interview_columns[] = { { "requested-at", NULL, "TIME",
							    "When ICE asked" },
	{ "consent", NULL, "given|declined", "What the person said" },
	{ "started-at", NULL, "TIME", "When it began" },
	{ "ended-at", NULL, "TIME", "When it ended" },
	{ "officer", NULL, "NAME", "Who interviewed" }, { 0 } };

static const struct fact_column duty_columns[] = {
	{ "duty", NULL, "DUTY",
	    "What was done: judge_told, person_intent, ..., as `duties' names it" },
	{ "detainer", NULL, "ID", "About which detainer; else about every one received by then" },
	{ "done-at", NULL, "TIME", "When" }, { "done-by", NULL, "NAME", "Who did it" },
	{ "told", NULL, "NAME", "Who was told, or reached" },
	{ "evidence", NULL, "TEXT", "What shows it" }, { 0 }
};

enum say_status
facility_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "facility", FACT_NAMED, "CODE",
		"Lists the facilities; or records, corrects or shows one, and the verdicts of its open holds." DOC_END,
		facility_columns, facilities_list };

	return fact_run(&verb, argc, argv, given);
}

enum say_status
booking_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "booking", FACT_NAMED, "BOOKING",
		"Records, corrects or shows a booking, and the verdict that follows." DOC_END,
		booking_columns, NULL };

	return fact_run(&verb, argc, argv, given);
}

enum say_status
custody_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "booking", FACT_KNOWN, "BOOKING",
		"Records, corrects or shows how custody ended, and the verdict that follows." DOC_END,
		custody_columns, NULL };

	return fact_run(&verb, argc, argv, given);
}

enum say_status
basis_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "basis", FACT_PART, "BOOKING",
		"Records, corrects or shows what else keeps the person, and the verdict that follows." DOC_END,
		basis_columns, NULL };

	return fact_run(&verb, argc, argv, given);
}

enum say_status
detainer_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "detainer", FACT_PART, "BOOKING",
		"Records, corrects or shows detainers, and the verdict that follows." DOC_END,
		detainer_columns, NULL };

	return fact_run(&verb, argc, argv, given);
}

enum say_status
finding_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "finding", FACT_PART, "BOOKING",
		"Records, corrects, withdraws or shows findings, and the verdict that follows." DOC_END,
		finding_columns, NULL };

	return fact_run(&verb, argc, argv, given);
}

enum say_status
interview_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "interview", FACT_PART, "BOOKING",
		"Records, corrects or shows interviews by ICE, and the verdict that follows." DOC_END,
		interview_columns, NULL };

	return fact_run(&verb, argc, argv, given);
}

enum say_status
duty_run(int argc, char **argv, const struct options *given)
{
	static const struct fact_verb verb = { "duty", FACT_PART, "BOOKING",
		"Records, corrects or shows what was done that the law asks for beside release, and what is still owed." DOC_END,
		duty_columns, NULL };

	return fact_run(&verb, argc, argv, given);
}

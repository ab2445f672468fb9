/* SPDX-License-Identifier: MIT */
/* metrics.c: counts, and writes what it counted. Called by the shell. */
#include "core/metrics.h"

#include <inttypes.h>
#include <string.h>

#include "core/fault.h"

#include "core/banned.h"

/* In milliseconds: from what is promised of a healthy daemon to what is a scandal. */
static const int64_t bounds_ms[METRICS_BUCKETS] = { 50, 100, 250, 500, 1000, 2500, 5000, 10000,
	30000, 60000, 300000, 1800000 };

/* Of the last look at what is due, on top of a sweep: what a slow answer may take. */
#define LOOK_SLACK_MS 10000

void
metrics_init(struct metrics *metrics)
{
	*metrics = (struct metrics){ .raised_at = INSTANT_UNKNOWN, .measured_at = INSTANT_UNKNOWN };
}

/* Hearing */

/* A receiver that is renamed or gone keeps its place as long as there is one. */
static struct metrics_receiver *
receiver_of(struct metrics *metrics, const char *name)
{
	struct metrics_receiver *receiver;

	for (int i = 0; i < metrics->receivers_count; i++) {
		if (strcmp(metrics->receivers[i].name, name) == 0)
			return &metrics->receivers[i];
	}
	if (metrics->receivers_count == CONF_RECEIVERS_MAX)
		return NULL;
	receiver = &metrics->receivers[metrics->receivers_count++];
	(void)text_copy(receiver->name, sizeof receiver->name, name);
	return receiver;
}

static void
know_receivers(struct metrics *metrics, const struct conf *conf)
{
	bool crowded = false;

	for (int i = 0; i < conf->receivers_count; i++)
		crowded = receiver_of(metrics, conf->receivers[i].name) == NULL || crowded;
	if (!crowded)
		return;
	/* to a monitor it looks as after a restart: its counters begin at 0 again */
	metrics->receivers_count = 0;
	memset(metrics->receivers, 0, sizeof metrics->receivers);
	for (int i = 0; i < conf->receivers_count; i++)
		(void)receiver_of(metrics, conf->receivers[i].name);
}

/* From the instant, or from when its fact was on record, to acceptance; by the database's clock. */
static void
hear_latency(struct metrics *metrics, const struct alert *alert, struct instant server_now)
{
	struct instant from = alert->due_at;
	struct span latency;
	int i = 0;

	if (instant_known(alert->learned_at) && instant_reached(from, alert->learned_at))
		from = alert->learned_at;
	if (!instant_known(from) || !instant_known(server_now) || alert->telling > 0)
		return;
	latency = instant_since(server_now, from);
	if (latency.us < 0)
		latency.us = 0;
	while (i < METRICS_BUCKETS && latency.us > bounds_ms[i] * 1000)
		i++;
	metrics->buckets[i]++;
	metrics->latency_us += latency.us;
}

static void
hear_sent(struct metrics *metrics, const struct engine *engine, const struct event *event,
    struct instant now)
{
	const struct delivery *delivery = &engine->flight.places[event->sent.place];
	struct metrics_receiver *receiver;

	if (delivery->state != DELIVERY_SENDING)
		return;
	receiver = receiver_of(metrics, delivery->receiver_name);
	if (receiver != NULL)
		receiver->outcomes[event->sent.result.outcome]++;
	if (event->sent.result.outcome == OUTCOME_ACCEPTED)
		hear_latency(metrics, &delivery->alert, discipline_server(&engine->clock, now));
}

void
metrics_hear(struct metrics *metrics, const struct engine *engine, const struct event *event,
    struct instant now)
{
	switch (event->kind) {
	case EVENT_SENT: hear_sent(metrics, engine, event, now); return;
	case EVENT_RAISED:
		metrics->raised += event->raised.raised;
		metrics->raised_at = now;
		return;
	case EVENT_MEASURED:
		metrics->measures = event->measures;
		metrics->measured_at = now;
		return;
	case EVENT_DOWN:
	case EVENT_FAILED: metrics->faults[event->fault.class]++; return;
	case EVENT_RELOADED:
		metrics->reload_refused = false;
		know_receivers(metrics, event->conf);
		return;
	case EVENT_RELOAD_REFUSED: metrics->reload_refused = true; return;
	case EVENT_TICK:
		if (metrics->receivers_count == 0)
			know_receivers(metrics, engine->conf);
		return;
	case EVENT_UP:
	case EVENT_NOTIFIED:
	case EVENT_DONE:
	case EVENT_HELLO:
	case EVENT_CLAIMED:
	case EVENT_SETTLED:
	case EVENT_HEARD:
	case EVENT_AWAY:
	case EVENT_STOP:
	case EVENT_KINDS: return;
	}
}

/* Writing */

static void
head(struct text *out, const char *name, const char *type, const char *help)
{
	text_addf(out, "# HELP detainerd_%s %s\n# TYPE detainerd_%s %s\n", name, help, name, type);
}

static void
number(struct text *out, const char *name, int64_t value)
{
	text_addf(out, "detainerd_%s %" PRId64 "\n", name, value);
}

/* In seconds, to the microsecond, without a floating point on the way. */
static void
seconds(struct text *out, int64_t us)
{
	uint64_t size = us < 0 ? -(uint64_t)us : (uint64_t)us;

	text_addf(
	    out, "%s%" PRIu64 ".%06" PRIu64, us < 0 ? "-" : "", size / 1000000, size % 1000000);
}

static void
seconds_of(struct text *out, const char *name, int64_t us)
{
	text_addf(out, "detainerd_%s ", name);
	seconds(out, us);
	text_add(out, "\n");
}

static void
label_value(struct text *out, const char *at)
{
	for (; *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			text_add(out, "\\");
		text_add_bytes(out, at, 1);
	}
}

static bool
stands(const struct engine *engine)
{
	for (enum event_link l = 0; l < LINKS; l++) {
		if (!link_stands(&engine->links[l]))
			return false;
	}
	return true;
}

static void
write_self(const struct metrics_source *source, struct text *out)
{
	const struct engine *engine = source->engine;
	const struct metrics *metrics = source->metrics;

	head(out, "build_info", "gauge",
	    "The program, and the version of the schema it was built for.");
	text_addf(out, "detainerd_build_info{version=\"%s\",schema=\"%d\"} 1\n", source->version,
	    engine->schema);
	head(out, "ready", "gauge", "1 while what is due is raised and told.");
	number(out, "ready", engine->state == ENGINE_READY);
	head(out, "database_up", "gauge", "1 while both sessions with the database stand.");
	number(out, "database_up", stands(engine));
	head(out, "config_last_reload_successful", "gauge",
	    "0 after a reload that was refused: the file is not what is in force.");
	number(out, "config_last_reload_successful", !metrics->reload_refused);
	head(out, "deliveries_in_flight", "gauge", "Messages on their way to a receiver.");
	number(out, "deliveries_in_flight", flight_count(&engine->flight, DELIVERY_SENDING));
}

/* Everything that is told by the database's clock; nothing before it is known. */
static void
write_clock(const struct metrics_source *source, struct text *out)
{
	const struct discipline *clock = &source->engine->clock;

	if (!discipline_known(clock))
		return;
	head(out, "database_time_seconds", "gauge",
	    "The database's clock, by which everything is timed.");
	seconds_of(out, "database_time_seconds", discipline_server(clock, source->now).us);
	head(out, "clock_error_seconds", "gauge",
	    "The estimate of the database's clock is off by no more.");
	seconds_of(out, "clock_error_seconds", discipline_error(clock).us);
	if (instant_known(source->metrics->raised_at)) {
		head(out, "last_successful_poll_timestamp_seconds", "gauge",
		    "When the database last answered what is due.");
		seconds_of(out, "last_successful_poll_timestamp_seconds",
		    discipline_server(clock, source->metrics->raised_at).us);
	}
	if (instant_known(source->metrics->measured_at)) {
		head(out, "measured_timestamp_seconds", "gauge",
		    "When the database last counted holds, alerts and deliveries.");
		seconds_of(out, "measured_timestamp_seconds",
		    discipline_server(clock, source->metrics->measured_at).us);
	}
}

static void
write_measures(const struct measures *measures, struct text *out)
{
	const struct measure_family *family = NULL;
	const struct measure *measure;

	for (size_t i = 0; (measure = measure_at(i)) != NULL; i++) {
		if (!measures->known[i] && (measure->family->label == NULL || !measures->answered))
			continue;
		if (measure->family != family)
			head(out, measure->family->name, "gauge", measure->family->help);
		family = measure->family;
		text_addf(out, "detainerd_%s", family->name);
		if (family->label != NULL)
			text_addf(out, "{%s=\"%s\"}", family->label, measure->label);
		text_add(out, " ");
		if (family->unit == MEASURE_SECONDS)
			seconds(out, measures->values[i]);
		else
			text_addf(out, "%" PRId64, measures->values[i]);
		text_add(out, "\n");
	}
}

static void
write_deliveries(const struct metrics *metrics, struct text *out)
{
	head(out, "deliveries_total", "counter", "Attempts that are over, by receiver and result.");
	for (int i = 0; i < metrics->receivers_count; i++) {
		for (enum delivery_outcome o = 0; o < OUTCOMES; o++) {
			text_add(out, "detainerd_deliveries_total{receiver=\"");
			label_value(out, metrics->receivers[i].name);
			text_addf(out, "\",result=\"%s\"} %" PRId64 "\n", delivery_outcome_name(o),
			    metrics->receivers[i].outcomes[o]);
		}
	}
}

static void
write_latency(const struct metrics *metrics, struct text *out)
{
	static const char name[] = "delivery_latency_seconds";
	int64_t count = 0;

	head(out, name, "histogram",
	    "From an alert's instant, or from when its fact was on record, to its first acceptance by a receiver.");
	for (int i = 0; i <= METRICS_BUCKETS; i++) {
		count += metrics->buckets[i];
		if (i < METRICS_BUCKETS)
			text_addf(out,
			    "detainerd_%s_bucket{le=\"%" PRId64 ".%03" PRId64 "\"} %" PRId64 "\n",
			    name, bounds_ms[i] / 1000, bounds_ms[i] % 1000, count);
		else
			text_addf(
			    out, "detainerd_%s_bucket{le=\"+Inf\"} %" PRId64 "\n", name, count);
	}
	text_addf(out, "detainerd_%s_sum ", name);
	seconds(out, metrics->latency_us);
	text_addf(out, "\ndetainerd_%s_count %" PRId64 "\n", name, count);
}

static void
write_counters(const struct metrics *metrics, struct text *out)
{
	head(out, "alerts_raised_total", "counter", "Alerts that this daemon has raised.");
	number(out, "alerts_raised_total", metrics->raised);
	head(out, "database_faults_total", "counter",
	    "Sessions lost and statements refused, by class of fault.");
	for (enum fault_class class = FAULT_AWAY; class < FAULT_CLASSES; class ++)
		text_addf(out, "detainerd_database_faults_total{class=\"%s\"} %" PRId64 "\n",
		    fault_name(class), metrics->faults[class]);
}

void
metrics_write(const struct metrics_source *source, struct text *out)
{
	write_self(source, out);
	write_clock(source, out);
	write_measures(&source->metrics->measures, out);
	write_counters(source->metrics, out);
	write_deliveries(source->metrics, out);
	write_latency(source->metrics, out);
}

static bool
check(struct text *out, bool fine, const char *what)
{
	text_addf(out, "%s: %s\n", fine ? "ok" : "FAILED", what);
	return fine;
}

bool
metrics_health(const struct metrics_source *source, struct text *out)
{
	const struct engine *engine = source->engine;
	struct span late = { engine->conf->sweep.us * 2 + span_of_ms(LOOK_SLACK_MS).us };
	struct instant looked = source->metrics->raised_at;
	bool ready = check(out, engine->state == ENGINE_READY, "ready");
	bool database = check(out, stands(engine), "database answers");
	bool looks =
	    check(out, instant_known(looked) && instant_since(source->now, looked).us <= late.us,
		"what is due is looked for");

	return ready && database && looks;
}

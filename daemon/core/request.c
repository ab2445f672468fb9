/* SPDX-License-Identifier: MIT */
/* request.c: parameters as text, arrays as PostgreSQL writes them. Called by the shell. */
#include "core/request.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "core/banned.h"

/* Begin a parameter in what is left of the memory. */
static struct text
begin(struct request *request)
{
	struct text text;

	assert(request->count < STATEMENT_PARAMETERS_MAX);
	assert(request->used < sizeof request->memory);
	text_init(&text, request->memory + request->used, sizeof request->memory - request->used);
	return text;
}

static void
end(struct request *request, const struct text *text)
{
	assert(!text->truncated);
	request->parameters[request->count++] = text->at;
	request->used += text->length + 1;
}

static void
add(struct request *request, const char *value)
{
	struct text text = begin(request);

	text_add(&text, value);
	end(request, &text);
}

static void
add_ms(struct request *request, int64_t ms)
{
	struct text text = begin(request);

	text_addf(&text, "%" PRId64 "ms", ms);
	end(request, &text);
}

static void
add_number(struct request *request, int64_t value)
{
	struct text text = begin(request);

	text_addf(&text, "%" PRId64, value);
	end(request, &text);
}

static void
add_receivers(struct request *request, const struct conf *conf, uint32_t which)
{
	struct text text = begin(request);

	for (int i = 0; i < conf->receivers_count; i++) {
		if ((which & UINT32_C(1) << i) != 0)
			statement_add_text(&text, conf->receivers[i].name);
	}
	statement_end_array(&text);
	end(request, &text);
}

static void
add_digest_above(struct request *request, const struct conf *conf)
{
	struct text text = begin(request);

	for (int i = 0; i < conf->receivers_count; i++) {
		if (conf->receivers[i].digest_above >= 0)
			statement_add_number(&text, conf->receivers[i].digest_above);
		else
			statement_add_text(&text, NULL);
	}
	statement_end_array(&text);
	end(request, &text);
}

/* The seven arrays of a settle call run in step: one pass a field. */

typedef void add_field(struct text *array, const struct delivery *delivery);

static void
field_id(struct text *array, const struct delivery *delivery)
{
	statement_add_number(array, delivery->id);
}

static void
field_attempt(struct text *array, const struct delivery *delivery)
{
	statement_add_number(array, delivery->attempt);
}

static void
field_outcome(struct text *array, const struct delivery *delivery)
{
	statement_add_text(array, delivery_outcome_name(delivery->result.outcome));
}

static void
field_code(struct text *array, const struct delivery *delivery)
{
	if (delivery->result.code != 0)
		statement_add_number(array, delivery->result.code);
	else
		statement_add_text(array, NULL);
}

static void
field_elapsed(struct text *array, const struct delivery *delivery)
{
	statement_add_number(array, delivery->result.elapsed_ms);
}

static void
field_answer(struct text *array, const struct delivery *delivery)
{
	statement_add_text(
	    array, delivery->result.answer[0] != '\0' ? delivery->result.answer : NULL);
}

static void
field_retry(struct text *array, const struct delivery *delivery)
{
	statement_add_number(array, span_ms(delivery->retry_in));
}

static void
add_settlements(struct request *request, const struct flight *flight)
{
	static add_field *const fields[] = { field_id, field_attempt, field_outcome, field_code,
		field_elapsed, field_answer, field_retry };

	for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
		struct text text = begin(request);

		for (int i = 0; i < FLIGHT_MAX; i++) {
			if (flight->places[i].state == DELIVERY_SETTLING)
				fields[f](&text, &flight->places[i]);
		}
		statement_end_array(&text);
		end(request, &text);
	}
}

/* The server gives up before the daemon does, so that most waits end with an answer. */
static void
add_settings(struct request *request, const struct conf *conf)
{
	add_ms(request, span_ms(conf->statement_timeout) * 2 / 5);
	add_ms(request, span_ms(conf->statement_timeout) * 4 / 5);
}

void
request_build(struct request *request, const struct engine *engine, const struct effect *effect,
    const struct request_words *words)
{
	const struct conf *conf = engine->conf;

	request->count = 0;
	request->used = 0;
	switch (effect->statement) {
	case STATEMENT_SETTINGS: add_settings(request, conf); break;
	case STATEMENT_LISTEN:
	case STATEMENT_MEASURE: break;
	case STATEMENT_HELLO:
		add(request, conf->name);
		add(request, words->version);
		add_receivers(request, conf, UINT32_MAX);
		add_digest_above(request, conf);
		break;
	case STATEMENT_RAISE: add_number(request, effect->raise_max); break;
	case STATEMENT_CLAIM:
		add(request, conf->name);
		add_receivers(request, conf, effect->room.receivers);
		add_number(request, effect->room.deliveries);
		add_ms(request, span_ms(conf->lease));
		break;
	case STATEMENT_SETTLE:
		add(request, conf->name);
		add_settlements(request, &engine->flight);
		break;
	case STATEMENT_HEARTBEAT:
		add(request, conf->name);
		add(request, words->state);
		break;
	case STATEMENTS: break;
	}
	assert(request->count == statement_shape(effect->statement)->parameters);
}

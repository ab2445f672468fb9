-- SPDX-License-Identifier: MIT

create or replace aggregate detainerd.import_merge(jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}');
comment on aggregate detainerd.import_merge(jsonb) is
	'Records of one key, in their order, as one: the last value of each column wins. A blank is no value, so it erases nothing.';

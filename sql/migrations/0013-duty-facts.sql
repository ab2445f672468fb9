-- SPDX-License-Identifier: MIT
-- What was done of the duties is a fact like any other: by hand, by file, by view.

alter table detainerd.import_parked drop constraint parked_kind_is_known;
alter table detainerd.import_parked add constraint parked_kind_is_known check (kind in ('booking', 'basis', 'detainer', 'finding', 'interview', 'duty'));
comment on column detainerd.import_parked.kind is
	'basis, detainer, finding, interview or duty: a fact without its booking, or without the detainer that it names; booking: a link whose other end is missing.';

-- SPDX-License-Identifier: MIT
-- Oklahoma, 22 O.S. 171.3: a detainer must be honoured, unless the person proves citizenship.
--
-- Ochoa v. Bass (2008): once ICE has not come in the time allowed, nothing more holds the person; so the clock says too.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('OK-2021', 'US-OK', '2021-11-01', 'V', 'required', 'flat', 'V', 'Okla. Stat. tit. 22, § 171.3',
		'Laws 2021, ch. 255',
		'As long as the form asks: 48 hours. The statute speaks of proof of citizenship; proof of lawful status stops a hold here too, as everywhere in detainerd.');
insert into written_alternative (version, alternative, subsection, mark) values ('OK-2021', 1, null, 'V');
insert into written_bar (version, ground) values ('OK-2021', 'proof_citizen_or_lawful');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('OK-2021 told', 'US-OK', 'person_told', 'would_be_released', null, null, '2021-11-01', null, 'V',
		'Okla. Stat. tit. 22, § 171.3', 'Laws 2021, ch. 255', null);

-- SPDX-License-Identifier: MIT
-- What can be owed, in the words of a message.

insert into detainerd.duty_kind (duty, says, owed_to) values
	('person_copy', 'give the person a copy of the detainer', 'person'),
	('person_intent', 'tell the person whether this agency will comply', 'person'),
	('person_told', 'tell the person that a detainer holds him', 'person'),
	('person_forms', 'give the person the forms about ICE''s request', 'person'),
	('person_rights', 'give the person written notice of rights', 'person'),
	('person_release_notice', 'give the person a copy of the notice of release that ICE got', 'person'),
	('counsel_release_notice', 'send the notice that ICE got to the person''s lawyer or whom he named', 'other'),
	('interview_consent', 'have the person''s written consent before ICE begins an interview', 'person'),
	('ice_release_notice', 'tell ICE the date and time of release', 'ice'),
	('ice_decision_notice', 'tell ICE whether the person is held or released', 'ice'),
	('judge_told', 'tell the judge of the detainer', 'other'),
	('request_documented', 'decline and put on record what ICE asked', 'other'),
	('refusal_reported', 'report the refusal to the Attorney General', 'other'),
	('status_check', 'check the person''s immigration status', 'person'),
	('report', 'make the report on detainers', 'other'),
	('forum', 'hold the public forum on ICE''s access', 'other')
on conflict (duty) do update set says = excluded.says, owed_to = excluded.owed_to
	where (duty_kind.says, duty_kind.owed_to) is distinct from (excluded.says, excluded.owed_to);

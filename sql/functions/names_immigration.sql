-- SPDX-License-Identifier: MIT

create or replace function detainerd.names_immigration_paper(evidence text) returns boolean
language sql immutable parallel safe
begin atomic
	select coalesce(evidence ~* '\mI[- ]?(200|203|205|286)A?\M|\mimmigration\s+(officer|agent|judge)|\mdeportation\s+officer', false);
end;
comment on function detainerd.names_immigration_paper(text) is
	'True where ${evidence} names an I-200, I-203, I-205, I-286 or an immigration officer: administrative papers, signed by an immigration officer and never by a judge (5 ILCS 805 defines them so).';

create or replace function detainerd.is_immigration_agency(agency text) returns boolean
language sql immutable parallel safe
begin atomic
	select coalesce(agency ~* '\m(ICE|DHS|ERO|CBP|USCIS|INS)\M|\mimmigration\M|\mhomeland security\M', false);
end;
comment on function detainerd.is_immigration_agency(text) is 'True where ${agency} is ICE or its department: it keeps nobody by a basis, only by a detainer.';

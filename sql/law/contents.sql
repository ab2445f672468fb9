-- SPDX-License-Identifier: MIT
-- The law, in order: what holds everywhere, then a file a jurisdiction, written down and brought into force by one step.

\ir forms.sql
\ir holidays.sql
\ir states.sql
\ir zones.sql
\ir duty_kinds.sql

\ir begin.sql
\ir us-al.sql
\ir us-ar.sql
\ir us-az.sql
\ir us-ca.sql
\ir us-co.sql
\ir us-ct.sql
\ir us-dc.sql
\ir us-de.sql
\ir us-fl.sql
\ir us-ga.sql
\ir us-ia.sql
\ir us-il.sql
\ir us-in.sql
\ir us-ks.sql
\ir us-la.sql
\ir us-ma.sql
\ir us-md.sql
\ir us-me.sql
\ir us-mn.sql
\ir us-mo.sql
\ir us-ms.sql
\ir us-mt.sql
\ir us-nc.sql
\ir us-nh.sql
\ir us-nj.sql
\ir us-nm.sql
\ir us-ny.sql
\ir us-ny-nyc.sql
\ir us-ok.sql
\ir us-or.sql
\ir us-pa.sql
\ir us-ri.sql
\ir us-tn.sql
\ir us-tx.sql
\ir us-va.sql
\ir us-vt.sql
\ir us-wa.sql
\ir enact.sql

\ir unknown.sql

# SPDX-License-Identifier: MIT
"""Everything at once: daemons raise and claim, people acknowledge, clerks write that somebody has left.  Called by tests/race/run.

    python3 tests/race/stress.py [SEED]       PG* names an installed detainerd

No clock decides.  What is asked afterwards is asked of snapshots: each claim notes its transaction, and each acknowledgement, as
the last thing that it does, the transactions that it sees.  A reminder that an acknowledgement silences is claimed either by a
transaction that it sees, and then it has counted it, or by none: not by one that was under way beside it, and not by a later one.

Acknowledgements here do not expire, raise_due() and take() are given instants of the days to come, and every acknowledgement
takes its time to commit.  Without the advisory lock of take() and acknowledge() the first two checks fail.
"""
import os
import random
import sys
import threading

from race import Session, failed

STAYS, ROUNDS, CLAIMERS, PEOPLE = 60, 12, 3, 3

SETUP = """
set client_min_messages to warning;
delete from detainerd.watch_turn;
update detainerd.setting set value = '1000000' where name = 'bulk_above';
update detainerd.setting set value = '1000 hours' where name = 'ack_expires';
drop schema if exists stress cascade;
create schema stress;
create table stress.claimed (delivery_id bigint, reminder boolean, stay_id bigint, xid xid8 default pg_current_xact_id());
create view stress.alert as select a.* from detainerd.alert a join detainerd.facility f using (facility_id) where f.code like 'STRESS%%';
-- noted in a statement of its own, for take() sees what was committed since the calling statement began
create function stress.claim(n int) returns int language plpgsql as $$
declare
	taken bigint[] := detainerd.take('stress', '{stress 0,stress 1}', n, '1000 hours', clock_timestamp() + interval '60 hours');
begin
	insert into stress.claimed (delivery_id, reminder, stay_id)
	select d.delivery_id, d.reminder and detainerd.is_of_release(a.kind), a.stay_id
	from unnest(taken) t (delivery_id) join detainerd.delivery d using (delivery_id) join detainerd.alert a using (alert_id);
	return cardinality(taken);
end $$;
create table stress.acknowledged (stay_id bigint, counted int, sees pg_snapshot);
insert into detainerd.jurisdiction (code, name) values ('US-STRESS', 'Stress') on conflict do nothing;
insert into detainerd.facility (code, name, jurisdiction, time_zone) values ('STRESS', 'Stress Jail', 'US-STRESS', 'UTC') on conflict do nothing;
insert into detainerd.facility (code, name, jurisdiction, time_zone, go_live_at) values ('STRESSED', 'Digest Jail', 'US-STRESS', 'UTC', 'infinity') on conflict do nothing;
update detainerd.route set enabled = false;
insert into detainerd.route (facility_id, receiver, step_delay)
	select facility_id, 'stress ' || n, make_interval(mins => n) from detainerd.facility, generate_series(0, 1) n where code in ('STRESS', 'STRESSED');
with stay as (
	insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
	select facility_id, 'stress ' || n, now() - interval '9 days', now() - interval '1 minute'
	from generate_series(1, %d) n join detainerd.facility on code = case when n %% 3 = 0 then 'STRESSED' else 'STRESS' end
	returning booking_id, booked_at)
insert into detainerd.detainer (booking_id, form, received_at, served_at) select booking_id, 'I-247A', booked_at, booked_at from stay;
""" % STAYS

CLAIM = "select stress.claim(%d)"

ACKNOWLEDGE = """begin;
create temporary table mine on commit drop as select a.stay_id, detainerd.acknowledge(a.alert_id, 'release_started', null) as counted
	from detainerd.alert a where a.kind = 'release_due' and a.stay_id = (select booking_id from detainerd.booking where booking_number = 'stress %d');
select pg_sleep(0.02);
insert into stress.acknowledged select stay_id, counted, pg_current_snapshot() from mine;
commit"""

RELEASE = "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'stress %d'"

CHECKS = (
    ("there was something to see: claims before and after, acknowledgements beside them",
     """select (select count(*) from stress.claimed where reminder) < 30 or (select count(*) from stress.acknowledged) < 30
        or not exists (select from stress.claimed where not reminder)"""),
    ("no reminder is claimed by a transaction that its acknowledgement does not see",
     """select c.* from stress.claimed c join stress.acknowledged k on k.stay_id = c.stay_id
        where c.reminder and not pg_visible_in_snapshot(c.xid, k.sees)"""),
    ("an acknowledgement has counted what it sees on its way",
     """select k.stay_id, k.counted, c.n from stress.acknowledged k
        cross join lateral (select count(*) as n from stress.claimed c where c.stay_id = k.stay_id and c.reminder and pg_visible_in_snapshot(c.xid, k.sees)) c
        where c.n <> k.counted"""),
    ("each release_due of a person in custody is on its way, or its escalation is silenced",
     """select a.alert_id, d.receiver, d.state from stress.alert a join detainerd.delivery d using (alert_id)
        where a.kind = 'release_due' and not detainerd.is_closed(a.alert_id) and d.state not in ('leased', 'digested') and not d.reminder"""),
    ("what a digest lists has been counted as often as the digest",
     """select l.delivery_id from detainerd.delivery l join detainerd.delivery d on d.alert_id = l.digest_id and d.receiver = l.receiver
        where l.state = 'digested' and l.attempts <> d.attempts"""),
    ("the end goes once to each who was told",
     """select e.alert_id, t.receiver from detainerd.alert_event e join stress.alert a using (alert_id) join detainerd.delivery t on t.alert_id = e.alert_id and t.attempts > 0
        where e.event = 'resolved' and not exists (select from detainerd.delivery d where d.alert_id = e.by_alert and d.receiver = t.receiver)"""),
    ("and to nobody else",
     """select d.* from detainerd.delivery d join stress.alert a using (alert_id) where a.kind = 'resolved' and not exists (
            select from detainerd.alert_event e join detainerd.delivery t on t.alert_id = e.alert_id and t.receiver = d.receiver and t.attempts > 0
            where e.by_alert = a.alert_id)"""),
    ("whoever has left is told of no more",
     """select d.* from detainerd.delivery d join stress.alert a using (alert_id)
        where d.state = 'due' and detainerd.is_closed(a.alert_id)"""),
    ("what is stored is what is judged", "select from detainerd.hold_drift"),
)


class Stress:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.round = 0
        self.done = threading.Event()
        self.faults = []
        numbers = list(range(1, STAYS + 1))
        self.chance.shuffle(numbers)
        self.leaving, self.acknowledged = numbers[:STAYS // 4], numbers[STAYS // 4:]

    def say(self, session, sql, allowed="it is resolved or superseded"):
        out = session.run(sql)
        if failed(out) and allowed not in out:
            self.faults.append("%s: %s" % (session.name, out))
            self.done.set()
        return out

    def raiser(self, session):
        """The clock: half an hour a round."""
        for self.round in range(ROUNDS):
            self.say(session, "select raised from detainerd.raise_due(clock_timestamp() + %d * interval '30 minutes', 1000)" % self.round)
            if self.done.is_set():
                break
        self.done.set()

    def claimer(self, session, chance):
        while not self.done.is_set():
            self.say(session, CLAIM % chance.choice((1, 4, 16)))

    def person(self, session, numbers, sql):
        """Each at its turn: one after the other, spread over the rounds."""
        for turn, number in enumerate(numbers):
            while self.round * len(numbers) < turn * ROUNDS and not self.done.wait(0.002):
                pass
            if self.done.is_set():
                break
            if failed(self.say(session, sql % number)):
                session.run("rollback")

    def run(self):
        work = [(self.raiser, ())]
        work += [(self.claimer, (random.Random(self.chance.random()),)) for _ in range(CLAIMERS)]
        work += [(self.person, (self.acknowledged[n::PEOPLE], ACKNOWLEDGE)) for n in range(PEOPLE)]
        work += [(self.person, (self.leaving, RELEASE))]
        sessions = [Session("%s %d" % (what.__name__, n)) for n, (what, _) in enumerate(work)]
        threads = [threading.Thread(target=what, args=(session,) + args) for session, (what, args) in zip(sessions, work)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # one more round, in peace
        last = sessions[0]
        self.say(last, "select raised from detainerd.raise_due(clock_timestamp() + %d * interval '30 minutes', 1000)" % ROUNDS)
        while self.say(last, CLAIM % 1000) not in ("0", "") and not self.faults:
            pass
        for session in sessions:
            session.close()


def main():
    seed = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("STRESS_SEED", "1"))
    observer = Session("observer")
    if failed(observer.run(SETUP)):
        sys.exit("0 passed, 1 failed")
    stress = Stress(seed)
    stress.run()
    wrong = len(stress.faults)
    for fault in stress.faults[:3]:
        print("FAILED  %s" % fault)
    for what, sql in CHECKS:
        out = observer.run(sql if sql.startswith("select (") else "select count(*) > 0 from (%s) x" % sql)
        if out != "f":
            wrong += 1
            print("FAILED  %s: %s" % (what, observer.run("%s limit 3" % sql) if out == "t" else out))
    counts = observer.run("select format('%s reminders and %s others claimed, %s acknowledgements', count(*) filter (where reminder), count(*) filter (where not reminder), "
                          "(select count(*) from stress.acknowledged)) from stress.claimed")
    observer.close()
    print("seed %d: %s" % (seed, counts))
    print("%d passed, %d failed" % (len(CHECKS) - min(wrong, len(CHECKS)), wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

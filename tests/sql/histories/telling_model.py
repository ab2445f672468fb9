# SPDX-License-Identifier: MIT
"""Who is told of what: a model written from the words of the manual, not from the SQL.

It is shown each step of a walk (random_telling.py) and what the database then holds, keeps books of its own (routes,
alerts, who was tried with what, what an acknowledgement silences) and says what is wrong:
  asked     an alert goes once to each receiver that an enabled route asked for at that moment, by the soonest step
  closing   resolved and stand-down go once to whoever was tried with what they close, to nobody else, before anything newer
  silenced  after an acknowledgement no reminder, later step or repetition of it is taken until it expires; all else is
  closed    nothing of a superseded instant or an ended stay is taken; what tells to release is never given up
  leased    nothing is taken while its lease runs, every attempt is one row, each receiver's oldest comes first
Times are whole microseconds.
"""

RELEASE = ("due_soon", "release_due", "overdue")
COME_AGAIN = ("due_soon", "overdue")
CLOSING = ("superseded", "resolved")
NEVER_SILENT = CLOSING + ("deadline_moved",)
NEVER_GIVEN_UP = ("release_due", "overdue", "superseded")
HOUR = 3_600_000_000
GIVE_UP_AFTER = 24 * HOUR
EXPIRES = {"other_authority": HOUR // 2}


class Wrong(Exception):
    """A rule is broken."""


class Alert:
    def __init__(self, row):
        self.id, self.kind, self.stay, self.reason = row["alert_id"], row["kind"], row["stay_id"], row["reason"]
        self.facility, self.release_at, self.raised_at = row["facility_id"], row["release_at"], row["raised_at"]
        self.occurrence = row["occurrence"]
        self.closed = None			# superseded, resolved
        self.told, self.ends = [], []		# its deliveries; of a closing word the alerts that it closes

    def silence(self):
        """What an acknowledgement of it is of: a release instant of a stay, or itself."""
        return (self.stay, self.release_at) if self.kind in RELEASE else self.id


class Telling:
    """One alert to one receiver."""

    def __init__(self, alert, receiver, row, step):
        self.alert, self.receiver, self.id, self.step = alert, receiver, row["delivery_id"], step
        self.due = alert.raised_at + step
        self.pending, self.may_repeat = True, False
        self.wishes = []			# the routes that want it told again and again
        self.attempts = []			# (daemon, leased until), the first is attempt 1
        self.settled, self.accepted, self.refused_for_good = set(), 0, False
        self.unsure = False			# the model cannot know when it is due
        self.leased = None			# (daemon, attempt, until)

    def __str__(self):
        return "%d (%s of stay %s to %s)" % (self.id, self.alert.kind, self.alert.stay, self.receiver)

    def reminds(self):
        return self.alert.kind not in NEVER_SILENT and (
            self.alert.kind in COME_AGAIN or self.step > 0 or self.accepted > 0)

    def turn(self):
        return self.leased[2] if self.leased else self.due


class Model:
    def __init__(self):
        self.routes, self.alerts, self.tellings, self.silent = {}, {}, {}, {}
        self.standdowns = {}			# by stay

    # ---- what routes ask for ---------------------------------------------------------------------------------------

    def asked(self, alert):
        """Receiver -> the smallest step of the enabled routes that ask for it."""
        steps = {}
        for route in self.routes.values():
            if self.asks(route, alert):
                steps[route["receiver"]] = min(route["step"], steps.get(route["receiver"], route["step"]))
        return steps

    @staticmethod
    def asks(route, alert):
        return (route["enabled"] and route["facility"] in (None, alert.facility)
                and (route["kinds"] is None or alert.kind in route["kinds"]))

    def wishing(self, alert, receiver):
        """The routes that now ask for it to be told to the receiver again and again."""
        return [r for r in self.routes.values() if r["repeat"] and r["receiver"] == receiver and self.asks(r, alert)]

    # ---- raised ----------------------------------------------------------------------------------------------------

    def raised(self, new, told, as_of):
        """One call of raise_due(): the rows of its alerts, and of their deliveries by alert."""
        alerts = [Alert(row) for row in new]
        expected = {a.id: self.closes(a, as_of) if a.kind in CLOSING else self.reopens(a, as_of) for a in alerts}
        for a in alerts:
            if a.raised_at != as_of:
                raise Wrong("%s says that it was raised at another time" % a.id)
            if a.kind not in CLOSING:
                for receiver, step in self.asked(a).items():
                    expected[a.id][receiver] = min(step, expected[a.id].get(receiver, step))
            rows = told.get(a.id, [])
            if sorted(r["receiver"] for r in rows) != sorted(expected[a.id]):
                raise Wrong("%s is for %s, and should be for %s" % (a.id, sorted(r["receiver"] for r in rows), sorted(expected[a.id])))
            self.alerts[a.id] = a
            for row in rows:
                telling = Telling(a, row["receiver"], row, expected[a.id][row["receiver"]])
                if row["due_at"] != telling.due or row["state"] != "due" or row["attempts"]:
                    raise Wrong("%s is %s, due at %d after it was raised; the step is %d" % (
                        telling, row["state"], row["due_at"] - as_of, telling.step))
                telling.wishes = self.wishing(a, telling.receiver)
                a.told.append(telling)
                self.tellings[telling.id] = telling
            if a.kind == "superseded":
                self.standdowns.setdefault(a.stay, []).append(a)

    def of_stay(self, stay):
        return [a for a in self.alerts.values() if a.stay == stay]

    def close(self, alerts, how, as_of):
        """Closes them: {who was tried with one: 0}."""
        told = {}
        for a in alerts:
            a.closed = how
            for t in a.told:
                if t.attempts:
                    told[t.receiver] = 0
                if t.pending is True and not t.leased:
                    t.pending = "when reopened"
        return told

    def closes(self, closing, as_of):
        if closing.kind == "resolved":
            old = [a for a in self.of_stay(closing.stay) if not a.closed and a.kind not in NEVER_SILENT]
        else:
            old = [a for a in self.of_stay(closing.stay) if not a.closed and a.kind in RELEASE and a.release_at == closing.release_at]
        if not old:
            raise Wrong("%s closes nothing" % closing.id)
        closing.ends = old
        return self.close(old, closing.kind, as_of)

    def reopens(self, alert, as_of):
        told = {}
        if alert.kind != "deadline_moved" or alert.reason != "custody_reopened":
            return told
        words = [a for a in self.of_stay(alert.stay) if a.kind == "resolved" and not a.closed]
        told.update(self.close(words, "superseded", as_of))
        for a in [a for a in self.of_stay(alert.stay) if a.closed == "resolved"]:
            a.closed = None
            for t in a.told:
                if t.attempts:
                    told[t.receiver] = 0
                if t.leased and t.leased[2] <= as_of:
                    # found to be closed when its lease had run out, or not found yet
                    t.unsure = True
                    if a.kind in COME_AGAIN + ("custody_unclear",):
                        t.pending, t.may_repeat = False, True
                if t.pending == "when reopened":
                    # a reminder comes again by itself, whatever else was left unsaid is said
                    t.pending = a.kind not in COME_AGAIN + ("custody_unclear",)
                    # it is only while the record still says so
                    t.may_repeat = a.kind == "custody_unclear"
                    t.due = as_of
        return told

    def settled_down(self, holds, as_of):
        """No more is due: what stands agrees with what is known of the stays."""
        for a in self.alerts.values():
            hold = holds[a.stay]
            if a.kind in RELEASE and not a.closed and (hold["ended_at"] is not None or hold["release_at"] != a.release_at):
                raise Wrong("%s stands; ended %s, release %s" % (a.id, hold["ended_at"], hold["release_at"]))
        for stay, hold in holds.items():
            if hold["ended_at"] is None and hold["release_at"] is not None and hold["release_at"] <= as_of:
                said = [a for a in self.of_stay(stay) if a.kind == "release_due" and not a.closed and a.release_at == hold["release_at"]]
                if len(said) != 1:
                    raise Wrong("%d release_due stand of stay %s" % (len(said), stay))

    # ---- acknowledged ----------------------------------------------------------------------------------------------

    def acknowledged(self, alert, reason, at, on_their_way):
        key = alert.silence()
        self.silent[key] = max(self.silent.get(key, 0), at + EXPIRES.get(reason, 2 * HOUR))
        under_way = [t for t in self.tellings.values()
                     if t.alert.silence() == key and t.reminds() and t.leased and t.leased[2] > at]
        if len(under_way) != on_their_way:
            raise Wrong("acknowledge() says that %d are on their way, they are %d" % (on_their_way, len(under_way)))

    def hushed(self, t, at):
        return t.reminds() and self.silent.get(t.alert.silence(), 0) > at

    # ---- taken -----------------------------------------------------------------------------------------------------

    def behind(self, t, at):
        """What has to be over before: the stand-down, of anything newer of the stay; of a closing word what it closes."""
        for a in t.alert.ends:
            for old in a.told:
                if old.receiver == t.receiver and old.leased and old.leased[2] > at:
                    return old
        if t.alert.kind == "superseded":
            return None
        for a in self.standdowns.get(t.alert.stay, []):
            for word in a.told:
                if a.raised_at <= t.alert.raised_at and word.receiver == t.receiver and (
                        not word.attempts or len(word.attempts) == 1 and word.leased and word.leased[2] > at):
                    return word
        return None

    def forbidden(self, t, at):
        """Why it may not be taken just now; None: it may."""
        if t.leased and t.leased[2] > at:
            return "its lease runs"
        if t.alert.closed:
            return "its alert is %s" % t.alert.closed
        if t.pending is not True and not t.may_repeat:
            return "it was told, or given up"
        if self.hushed(t, at):
            return "it was acknowledged"
        if self.behind(t, at):
            return "%s comes first" % self.behind(t, at)
        if t.turn() > at and not t.unsure:
            return "it is not due for %d s" % ((t.turn() - at) // 1_000_000)
        if t.alert.kind == "due_soon" and t.alert.release_at <= at:
            return "the instant has come"
        return None

    def open_now(self, at):
        return [t for t in self.tellings.values() if t.pending is True and not t.unsure and not self.forbidden(t, at) and not self.overtaken(t, at)]

    def overtaken(self, t, at):
        return t.alert.kind == "overdue" and any(
            n.receiver == t.receiver and a.raised_at + n.step <= at for a in self.of_stay(t.alert.stay)
            if a.kind == "overdue" and a.release_at == t.alert.release_at and a.occurrence > t.alert.occurrence for n in a.told)

    def taken(self, ids, turns, daemon, until, at):
        """What take() gave, and when the turn of each was, by the database."""
        if len(ids) != len(set(ids)):
            raise Wrong("taken twice at once: %s" % ids)
        waiting = self.open_now(at)
        for t in [self.tellings[i] for i in ids]:
            why = self.forbidden(t, at)
            if why:
                raise Wrong("%s is taken, but %s" % (t, why))
        latest = {}
        for i in ids:
            receiver = self.tellings[i].receiver
            latest[receiver] = max(turns[i], latest.get(receiver, 0))
        for t in waiting:
            if t.id not in ids and turns[t.id] < latest.get(t.receiver, 0):
                raise Wrong("%s waits, and younger ones are taken for %s" % (t, t.receiver))
        for t in [self.tellings[i] for i in ids]:
            t.attempts.append((daemon, until))
            t.leased, t.unsure = (daemon, len(t.attempts), until), False

    def drained(self, at):
        """take() gives no more: nothing may be left that has to be told now."""
        left = self.open_now(at)
        if left:
            raise Wrong("%s is due and is not taken" % left[0])

    # ---- settled ---------------------------------------------------------------------------------------------------

    def settled(self, t, daemon, attempt, accepted, retry, code, at):
        t.settled.add((attempt, daemon))
        holder = t.leased and t.leased[:2] == (daemon, attempt)
        if accepted and (t.pending or t.leased):
            # of several wishes, when some are switched off meanwhile, it is not said which counts
            wishes = [r for r in t.wishes if t.alert.kind not in NEVER_SILENT + COME_AGAIN]
            t.may_repeat = any(r["enabled"] for r in wishes)
            # law may be silent no more, custody be clear again: then that is not told again
            lasts = t.alert.kind in ("release_due", "claim_review")
            again = min(r["repeat"] for r in wishes) if lasts and wishes and all(r["enabled"] for r in wishes) else None
            t.accepted += 1
            t.pending, t.leased = bool(again), None
            t.due = at + (again or 0)
        elif not accepted and holder:
            # after its lease it may have been put off already
            t.unsure = t.unsure or t.leased[2] <= at
            t.leased, t.due = None, at + retry
            t.refused_for_good = code == 410
        else:
            return
        if t.alert.closed and t.pending is True:
            t.pending = "when reopened"

    # ---- after every step ------------------------------------------------------------------------------------------

    def compare(self, rows, at):
        """The deliveries as they are stored."""
        for row in rows:
            t = self.tellings[row["delivery_id"]]
            if row["attempts"] != len(t.attempts) or row["recorded"] != len(t.settled):
                raise Wrong("%s has %d attempts and %d rows of them, not %d and %d" % (
                    t, row["attempts"], row["recorded"], len(t.attempts), len(t.settled)))
            if row["state"] == "gave_up" and t.pending is True:
                if t.alert.kind in NEVER_GIVEN_UP or not (t.refused_for_good or at >= t.alert.raised_at + GIVE_UP_AFTER):
                    raise Wrong("%s is given up" % t)
                t.pending = "given up"		# unless an attempt turns out to have been accepted
            if t.alert.kind == "release_due" and not t.alert.closed and row["state"] not in ("due", "leased", "delivered"):
                raise Wrong("%s is %s" % (t, row["state"]))
            if t.alert.kind == "release_due" and row["state"] == "delivered" and not t.accepted:
                raise Wrong("%s is delivered, and nobody accepted it" % t)

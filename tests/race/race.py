# SPDX-License-Identifier: MIT
"""Two or more sessions against one cluster, step by step.  Called by tests/race/run; reads the *.spec files beside it.

A spec is read from top to bottom, one step a line; an indented line goes on with the step before it:

    # words          a comment
    NAME: SQL        the session NAME runs SQL, and must finish it
    NAME& SQL        starts SQL and must be held up by another session's lock
    NAME* SQL        starts SQL (or looks at what was started): it may be held up or not
    NAME.            what was started must finish now
    NAME! SQL        must fail
    NAME% N          has heard exactly N notifications since it was last asked
    ? SQL            a further session asks; the answer must be t

What a step waits for is read from pg_stat_activity and pg_blocking_pids(): no step depends on how fast the machine is.
"Must finish" has a limit of 20 seconds, which is only reached when a test fails.
"""
import glob
import os
import queue
import re
import subprocess
import sys
import threading
import time

LIMIT = 20
PSQL = ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=0", "-v", "VERBOSITY=terse"]
STEP = re.compile(r"^(?:(\w+)([:&*!.%])|(\?))\s*(.*)$")


class Fault(Exception):
    pass


class Session:
    """One psql.  A marker echoed behind each statement tells that it has ended."""

    def __init__(self, name):
        self.name, self.marks, self.waiting = name, 0, False
        self.psql = subprocess.Popen(PSQL, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.pid = int(self.run("select pg_backend_pid()"))
        self.run("set application_name = 'race %s'" % name)

    def read(self):
        for line in self.psql.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def start(self, sql):
        self.marks += 1
        self.waiting = True
        self.psql.stdin.write("%s;\n\\echo ready %d\n" % (sql.rstrip().rstrip(";"), self.marks))
        self.psql.stdin.flush()

    def ready(self, seconds):
        """What it printed, once it is ready; None if it is not within so many seconds."""
        out, until = [], time.monotonic() + seconds
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                for line in reversed(out):
                    self.lines.queue.appendleft(line)
                return None
            if line is None:
                raise Fault("session %s is gone" % self.name)
            if line == "ready %d" % self.marks:
                self.waiting = False
                return "\n".join(out)
            out.append(line)

    def run(self, sql):
        self.start(sql)
        return self.finish(sql)

    def finish(self, sql="what was started"):
        out = self.ready(LIMIT)
        if out is None:
            raise Fault("%s did not finish: %s" % (self.name, sql))
        return out

    def close(self):
        self.psql.kill()
        self.psql.wait()


def failed(out):
    return any(line.startswith("ERROR:") or line.startswith("FATAL:") for line in out.splitlines())


class Race:
    def __init__(self, path):
        self.sessions = {}
        self.observer = Session("observer")
        self.steps = list(self.read(path))

    @staticmethod
    def read(path):
        step = None
        with open(path) as f:
            for number, line in enumerate(f, 1):
                line = line.rstrip()
                if line.startswith("#") or not line:
                    continue
                if line[0] in " \t":
                    step[2] += "\n" + line.strip()
                    continue
                found = STEP.match(line)
                if not found:
                    raise Fault("%s:%d: not a step: %s" % (path, number, line))
                if step:
                    yield step
                step = [number, (found[1], found[2] or "?"), found[4]]
        yield step

    def session(self, name):
        if name not in self.sessions:
            self.sessions[name] = Session(name)
        return self.sessions[name]

    def held_up(self, session):
        """Whether a step is in the lock queue behind somebody; None if it has finished."""
        until = time.monotonic() + LIMIT
        while time.monotonic() < until:
            if session.ready(0.02) is not None:
                return None
            if self.observer.run("select cardinality(pg_blocking_pids(%d)) > 0" % session.pid) == "t":
                return True
        return False

    def take(self, number, who, sql):
        name, how = who
        if how == "?":
            out = self.observer.run(sql)
            if out != "t":
                raise Fault("line %d: %s\n    answered %s" % (number, sql, out or "nothing"))
            return
        session = self.session(name)
        if how == "%":
            heard = session.run("select 1").count("Asynchronous notification")
            if heard != int(sql):
                raise Fault("line %d: %s heard %d notifications, not %s" % (number, name, heard, sql))
            return
        if how == ".":
            out = session.finish()
            if failed(out):
                raise Fault("line %d: %s" % (number, out))
            return
        if how == "*":
            if sql:
                session.start(sql)
            self.settled(session)
            return
        if how == "&":
            session.start(sql)
            if not self.held_up(session):
                raise Fault("line %d: was not held up: %s" % (number, sql))
            return
        out = session.run(sql)
        if failed(out) != (how == "!"):
            raise Fault("line %d: %s\n    %s" % (number, sql, out or "did not fail"))

    def settled(self, session):
        """Until what was started either waits for a lock or has ended (its marker stays to be read)."""
        until = time.monotonic() + LIMIT
        while time.monotonic() < until:
            answer = self.observer.run("select cardinality(pg_blocking_pids(pid)) > 0 or state like 'idle%%' "
                                       "from pg_stat_activity where pid = %d" % session.pid)
            if answer == "t":
                return
        raise Fault("%s neither waits nor ends" % session.name)

    def play(self):
        for number, who, sql in self.steps:
            self.take(number, who, sql)
        self.take(0, (None, "?"), "select not exists (select from detainerd.hold_drift)")

    def close(self):
        for session in [self.observer] + list(self.sessions.values()):
            session.close()


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    paths = sys.argv[1:] or sorted(glob.glob(os.path.join(here, "*.spec")))
    done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", os.path.join(here, "setup.sql")],
                          stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit("0 passed, 1 failed")
    wrong = 0
    for path in paths:
        race = Race(path)
        try:
            race.play()
            print("ok      %s" % os.path.basename(path))
        except Fault as fault:
            wrong += 1
            print("FAILED  %s: %s" % (os.path.basename(path), fault))
        finally:
            race.close()
    print("%d passed, %d failed" % (len(paths) - wrong, wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

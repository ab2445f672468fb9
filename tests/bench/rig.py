# SPDX-License-Identifier: MIT
"""What the parts of the bench share: databases, the daemon, ways to print."""
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time

TOP = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
WORK = os.environ["CLUSTER"]

# Of what a jail has written; not of alert, which would be on record as empty just before the burst.
ANALYZE = "vacuum analyze detainerd.booking, detainerd.detainer, detainerd.hold"


def psql(sql, database=None):
    done = subprocess.run(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql] + ([database] if database else []),
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit("bench: psql: " + done.stderr.strip())
    return done.stdout.strip()


def seconds(sql):
    """How long the server takes for it, by the server's own clock."""
    psql("create table if not exists bench.timing (s double precision); truncate bench.timing")
    psql("""do $bench$ declare begun timestamptz := clock_timestamp();
        begin perform %s; insert into bench.timing values (extract(epoch from clock_timestamp() - begun)); end $bench$""" % sql)
    return float(psql("select s from bench.timing"))


def rate(label, number, taken, unit):
    print("%-58s %12s %s" % (label, "{:,.0f}".format(number / taken), unit))
    sys.stdout.flush()


def percentiles(label, ms):
    ms = sorted(ms)
    p50, p99 = statistics.median(ms), ms[min(len(ms) - 1, int(len(ms) * 0.99))]
    print("%-58s p50 %7.2f ms   p99 %7.2f ms" % (label, p50, p99))
    sys.stdout.flush()
    return p50, p99


def database(name, template="bench_empty"):
    psql('create database "%s" template "%s"' % (name, template), "postgres")
    os.environ["PGDATABASE"] = name


def install():
    psql("create database bench_empty", "postgres")
    os.environ["PGDATABASE"] = "bench_empty"
    for file in ("sql/install.sql", "tests/bench/county.sql"):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file], check=True, cwd=TOP,
                       stdout=subprocess.DEVNULL)
    psql("create role bench login in role detainerd_daemon")


def pgbench(*options):
    """Runs pgbench's one-row insert, each committed: what nothing here can be faster than."""
    psql("create table if not exists bench.bare (n bigint)")
    script = os.path.join(WORK, "bare.sql")
    with open(script, "w") as f:
        f.write("insert into bench.bare values (1);\n")
    program = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip() + "/pgbench"
    return subprocess.run([program, "-n", "-c", "1", "-f", script, *options], check=True, capture_output=True, text=True).stdout


class Daemon:
    def __init__(self, port, name="bench"):
        conf = os.path.join(WORK, name + ".conf")
        with open(conf, "w") as f:
            f.write('conninfo = "host=%s dbname=%s user=bench"\nname = "%s"\n' % (os.environ["PGHOST"], os.environ["PGDATABASE"], name))
            f.write('receiver "hook" { type = "webhook" url = "http://127.0.0.1:%d/hook" }\n' % port)
        path = os.path.join(WORK, name + ".notify")
        if os.path.exists(path):
            os.unlink(path)
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify.bind(path)
        notify.settimeout(60)
        begun = time.monotonic()
        self.log = os.path.join(WORK, name + ".log")
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([os.path.join(BUILD, "detainerd"), "--config", conf], stdout=log, stderr=log,
                                            env={**os.environ, "NOTIFY_SOCKET": path})
        while b"READY=1" not in notify.recv(65536):
            pass
        self.name = name
        self.ready_s = time.monotonic() - begun
        notify.settimeout(None)
        threading.Thread(target=self.drain, args=(notify,), daemon=True).start()

    @staticmethod
    def drain(notify):
        """As systemd does: a full socket would hold up whoever writes to it."""
        while notify.recv(65536):
            pass

    def memory_kib(self, what="VmRSS"):
        """VmRSS now, or VmHWM, the most that it ever was."""
        with open("/proc/%d/status" % self.process.pid) as f:
            return int(next(line for line in f if line.startswith(what)).split()[1])

    def cpu_s(self):
        with open("/proc/%d/stat" % self.process.pid) as f:
            fields = f.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

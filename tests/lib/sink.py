#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Receivers for tests: a webhook that can be told to misbehave, and a mail server.

    sink.py webhook DIR      listens on a free port of 127.0.0.1
    sink.py mail DIR

DIR/port holds the port once it listens; DIR/got.jsonl gets one JSON object a
message, with arrived_us (epoch microseconds, when the last byte was read).
DIR/mode, read at each message, says how to answer; none means ok:
  webhook: ok, slow (half a second), hang (never answers), close (hangs up), or a status such as 500, 302, 429
  mail:    ok, hang, or an SMTP answer such as "451 later" or "550 no"
What was received is written before the answer, so a message that is refused or
left hanging is on record too.  As a module: Webhook and Mail run in threads.
"""
import email
import email.policy
import http.server
import json
import os
import sys
import threading
import time

HANG_S = 3600
SLOW_S = 0.5


def now_us():
    return time.time_ns() // 1000


def read_event(body):
    """A CloudEvent, and what it says as one flat object: its data, and its id."""
    try:
        event = json.loads(body)
        return event, dict(event["data"], id=event["id"])
    except (ValueError, KeyError, TypeError):
        return None, None


class Sink:
    """What both have in common: a folder, or a function, that is told of each message."""

    def __init__(self, folder=None, on_message=None):
        self.folder = folder
        self.on_message = on_message
        self.lock = threading.Lock()

    def mode(self):
        try:
            with open(os.path.join(self.folder, "mode")) as f:
                return f.read().strip() or "ok"
        except (OSError, TypeError):
            return "ok"

    def record(self, message):
        with self.lock:
            if self.folder:
                with open(os.path.join(self.folder, "got.jsonl"), "a") as f:
                    f.write(json.dumps(message) + "\n")
            if self.on_message:
                self.on_message(message)

    def announce(self):
        if self.folder:
            path = os.path.join(self.folder, "port")
            with open(path + ".new", "w") as f:
                f.write("%d\n" % self.port)
            os.rename(path + ".new", path)


class Webhook(Sink):
    def __init__(self, folder=None, on_message=None):
        super().__init__(folder, on_message)
        sink = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                arrived = now_us()
                mode = sink.mode()
                event, flat = read_event(body)
                sink.record({"arrived_us": arrived, "mode": mode, "path": self.path,
                             "headers": {k.lower(): v for k, v in self.headers.items()},
                             "event": event, "body": flat, "text": body.decode("utf-8", "replace")})
                if mode == "hang":
                    time.sleep(HANG_S)
                if mode == "slow":
                    time.sleep(SLOW_S)
                if mode == "close":
                    self.close_connection = True
                    return
                status = 200 if mode in ("ok", "slow") else int(mode)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        class Server(http.server.ThreadingHTTPServer):
            request_queue_size = 256

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.announce()


class Mail(Sink):
    def __init__(self, folder=None, on_message=None):
        import asyncio
        import aiosmtpd.smtp

        super().__init__(folder, on_message)
        sink = self

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                arrived = now_us()
                mode = sink.mode()
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                sink.record({"arrived_us": arrived, "mode": mode, "from": envelope.mail_from,
                             "to": envelope.rcpt_tos,
                             "headers": {k.lower(): str(v) for k, v in message.items()},
                             "text": message.get_body(("plain",)).get_content()})
                if mode == "hang":
                    await asyncio.sleep(HANG_S)
                return "250 accepted" if mode == "ok" else mode

        def serve():
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
            server = loop.run_until_complete(loop.create_server(
                lambda: aiosmtpd.smtp.SMTP(Handler(), hostname="localhost", loop=loop), "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            listening.set()
            loop.run_forever()

        listening = threading.Event()
        threading.Thread(target=serve, daemon=True).start()
        listening.wait()
        self.announce()


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("webhook", "mail"):
        sys.exit(__doc__)
    (Webhook if sys.argv[1] == "webhook" else Mail)(sys.argv[2])
    threading.Event().wait()


if __name__ == "__main__":
    main()

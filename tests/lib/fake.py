#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A web server that behaves badly on purpose.

    fake.py DIR [CERTIFICATES]

What it does is said by the path of the request, /BEHAVIOUR:
  ok                 200
  NNN, NNN-SECONDS   that status; with Retry-After: SECONDS
  hang               reads the request, and never answers
  drip               a byte of an answer each second
  date               429, with Retry-After: a date, four seconds ahead
  half               "200 OK", half of the body, and silence
  short, broken      the same, and then hangs up, in good manners or without
  close, reset       hangs up instead of answering, in good manners or without
  cut                "200 OK", a header, and hangs up before the head is whole
  headers, body      "200 OK", and then headers or a body without end
  chunks             the same as body, in chunks
  early              100 Continue without end, and no answer
  hints              103 Early Hints, and then 200
  gzip               200, and a small body that unpacks to a hundred megabytes
  echo, echo-400     200 or 400, and what was sent as the answer
  mirror             400, and the headers that were sent as the answer
  portal             200, and the log-in page of a captive portal
  nonsense           an answer that is not HTTP
Ports of their own, whatever the path:
  full               connections are never taken: the queue is full
  closed             nobody listens
  six                the same as plain, of ::1
  mute               connections are taken, and not a byte is sent
  CERTIFICATE        with CERTIFICATES, a folder made by tests/lib/certificates:
                     TLS with good, expired, elsewhere or self.pem, then as above
  old                the same with good.pem and no newer TLS than 1.1
DIR/ports says "NAME PORT" a line, plain being the one for paths; DIR/got.jsonl
gets an object for each request read; once DIR/mended exists every path is ok.
"""
import email.utils
import gzip
import json
import os
import socket
import ssl
import struct
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore", DeprecationWarning)  # of "old"

DRIP_S = 1
BOMB = gzip.compress(bytes(100_000_000), 9)
PORTAL = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Log in to the guest network</body></html>"


def answer(status, body=b"", more=b""):
    return b"HTTP/1.1 %d Fake\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s" % (status, len(body), more, body)


def forever():
    threading.Event().wait()


class Request:
    """One request, read whole: path, headers, body."""

    def __init__(self, connection):
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.more(connection)
        head, _, self.body = data.partition(b"\r\n\r\n")
        self.head = head
        lines = head.decode().split("\r\n")
        self.path = lines[0].split(" ")[1]
        self.headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        while len(self.body) < int(self.headers.get("content-length", 0)):
            self.body += self.more(connection)

    @staticmethod
    def more(connection):
        data = connection.recv(65536)
        if data.startswith(b"\x16\x03"):  # TLS, to a port that speaks none
            connection.sendall(answer(400))
            raise EOFError
        if not data:
            raise EOFError
        return data


def drip(connection, request):
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"o" * 3600:
        connection.sendall(bytes([byte]))
        time.sleep(DRIP_S)


def half(connection, request):
    connection.sendall(answer(200, b"x" * 20)[:-10])
    forever()


def short(connection, request):
    connection.sendall(answer(200, b"x" * 20)[:-10])


def broken(connection, request):
    short(connection, request)
    reset(connection, request)


def without_end(start, piece):
    def send(connection, request):
        connection.sendall(start)
        while True:
            connection.sendall(piece)
    return send


def reset(connection, request):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def say(make):
    return lambda connection, request: connection.sendall(make(request))


BEHAVIOURS = {
    "ok": say(lambda r: answer(200, b"thank you")),
    "hang": lambda c, r: forever(),
    "drip": drip,
    "date": say(lambda r: answer(429, b"later", b"Retry-After: %s\r\n" % email.utils.formatdate(time.time() + 4, usegmt=True).encode())),
    "half": half,
    "short": short,
    "broken": broken,
    "close": lambda c, r: None,
    "reset": reset,
    "cut": say(lambda r: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"),
    "headers": without_end(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 64),
    "body": without_end(b"HTTP/1.1 200 OK\r\n\r\n", b"and more " * 128),
    "chunks": without_end(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"9\r\nand more \r\n" * 128),
    "early": without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 64),
    "hints": say(lambda r: b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answer(200, b"thank you")),
    "gzip": say(lambda r: answer(200, BOMB, b"Content-Encoding: gzip\r\n")),
    "echo": say(lambda r: answer(200, r.body)),
    "echo-400": say(lambda r: answer(400, r.body)),
    "mirror": say(lambda r: answer(400, r.head)),
    "portal": say(lambda r: answer(200, PORTAL, b"Content-Type: text/html\r\n")),
    "nonsense": say(lambda r: b"220 mail.example ESMTP\r\n"),
}


def status(connection, request):
    code, _, seconds = request.path.strip("/").partition("-")
    more = b"Retry-After: %s\r\n" % seconds.encode() if seconds else b""
    if code.startswith("3"):
        more += b"Location: /elsewhere\r\n"
    connection.sendall(answer(int(code), b"no, thank you" if int(code) >= 300 else b"", more))


def tls(certificates, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(certificates, name + ".pem"))
    return context


class Fake:
    def __init__(self, folder, certificates):
        self.folder = folder
        self.lock = threading.Lock()
        ports = {"plain": self.serve(None), "full": self.full(), "closed": self.closed(), "mute": self.mute(),
                 "six": self.serve(None, "::1")}
        for name in ("good", "expired", "elsewhere", "self") if certificates else ():
            ports[name] = self.serve(tls(certificates, name))
        if certificates:
            context = tls(certificates, "good")
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
            ports["old"] = self.serve(context)
        path = os.path.join(folder, "ports")
        with open(path + ".new", "w") as f:
            f.writelines("%s %d\n" % item for item in ports.items())
        os.rename(path + ".new", path)

    def record(self, request):
        with self.lock, open(os.path.join(self.folder, "got.jsonl"), "a") as f:
            f.write(json.dumps({"arrived_us": time.time_ns() // 1000, "path": request.path, "headers": request.headers,
                                "text": request.body.decode("utf-8", "replace")}) + "\n")

    def attend(self, connection, context):
        try:
            if context:
                connection = context.wrap_socket(connection, server_side=True)
            with connection:
                request = Request(connection)
                self.record(request)
                name = request.path.strip("/")
                if os.path.exists(os.path.join(self.folder, "mended")):
                    name = "ok"
                BEHAVIOURS.get(name, status)(connection, request)
        except (OSError, EOFError):
            pass  # they hung up on us, as is their right

    def serve(self, context, address="127.0.0.1"):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        listener = socket.create_server((address, 0), family=family, backlog=256)

        def take():
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=self.attend, args=(connection, context), daemon=True).start()

        threading.Thread(target=take, daemon=True).start()
        return listener.getsockname()[1]

    def full(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        port = self.listener.getsockname()[1]
        self.queue = [socket.socket() for _ in range(4)]
        for one in self.queue:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        return port

    def mute(self):
        self.silent = socket.create_server(("127.0.0.1", 0), backlog=256)
        return self.silent.getsockname()[1]

    def closed(self):
        self.kept = socket.socket()
        self.kept.bind(("127.0.0.1", 0))
        return self.kept.getsockname()[1]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    fake = Fake(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else None)
    forever()
    del fake


if __name__ == "__main__":
    main()

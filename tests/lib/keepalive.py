#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A web server that keeps connections, and breaks its word in turn.

    keepalive.py DIR

Each connection is of one of these kinds, in turn:
  keeps       answers for ever
  leaves      after three answers closes without having said so
  swallows    after three answers reads one more request, and closes without an answer
  resets      the same, but with a reset
  babbles     its third answer is followed by one that nobody asked for
DIR/port holds the port; DIR/got.jsonl gets an object for each request that was
read: the number of its connection, its kind, the webhook-id, whether answered.
"""
import itertools
import json
import os
import socket
import struct
import sys
import threading

KINDS = itertools.cycle(["keeps", "leaves", "swallows", "resets", "babbles"])
LIMIT = 3
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    def __init__(self, folder):
        self.folder = folder
        self.lock = threading.Lock()
        self.log = open(os.path.join(folder, "got.jsonl"), "a", buffering=1)

    def record(self, number, kind, webhook_id, answered):
        with self.lock:
            self.log.write(json.dumps({"connection": number, "kind": kind, "id": webhook_id, "answered": answered}) + "\n")

    def request(self, file):
        """Reads one; its webhook-id, or None at the end."""
        headers = {}
        if not file.readline():
            return None
        while (line := file.readline().strip()):
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip().decode()
        file.read(int(headers.get(b"content-length", 0)))
        return headers.get(b"webhook-id")

    def serve(self, connection, number, kind):
        file = connection.makefile("rb")
        for count in itertools.count(1):
            webhook_id = self.request(file)
            if webhook_id is None:
                break
            over = kind != "keeps" and count > LIMIT
            self.record(number, kind, webhook_id, not over)
            if over and kind == "resets":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if over:
                break
            connection.sendall(OK * 2 if count == LIMIT and kind == "babbles" else OK)
            if count == LIMIT and kind == "leaves":
                break
        file.close()
        connection.close()

    def run(self):
        listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        path = os.path.join(self.folder, "port")
        with open(path + ".new", "w") as f:
            f.write("%d\n" % listener.getsockname()[1])
        os.rename(path + ".new", path)
        for number in itertools.count(1):
            connection, _ = listener.accept()
            threading.Thread(target=self.quietly, args=(connection, number, next(KINDS)), daemon=True).start()

    def quietly(self, *args):
        try:
            self.serve(*args)
        except OSError:
            pass


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    Server(sys.argv[1]).run()

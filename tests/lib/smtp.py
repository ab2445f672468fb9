#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A mail server that behaves badly on purpose, without TLS.

    smtp.py DIR [mute | gone]

What it does is said by the name the client gives with EHLO, which libcurl takes
from the path of the URL, smtp://127.0.0.1:PORT/BEHAVIOUR:
  ok            takes every mail
  text-hang     reads the text of the mail, and never says what became of it
  quit-hang     takes the mail, and never answers QUIT
  hello-hang    never answers EHLO
  endless       answers EHLO with lines without end
  close         hangs up after the text
  close-VERB    hangs up when it is given EHLO, MAIL, RCPT or DATA
  hang-VERB     never answers that
  text-NNN      answers the text with NNN
  sender-NNN    answers MAIL FROM with NNN
  refuse-NNN    answers NNN for recipients whose address begins with "gone"
  latin         refuses the text in ISO 8859-1, which is not UTF-8
mute never greets, gone hangs up instead.  DIR/port holds the port; DIR/got.jsonl gets an object for each text that was read.
"""
import json
import os
import socketserver
import sys
import threading


def forever():
    threading.Event().wait()


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode("latin-1") + b"\r\n")

    def text(self):
        lines = []
        while True:
            line = self.rfile.readline()
            if line in (b".\r\n", b""):
                return b"".join(lines)
            lines.append(line)

    def hello(self, behaviour):
        if behaviour == "hello-hang":
            forever()
        while behaviour == "endless":
            self.say("250-" + "x" * 60)
        self.say("250 fake")

    def recipient(self, behaviour, line):
        kind, _, code = behaviour.partition("-")
        if kind == "refuse" and "<gone" in line:
            self.say(code + " 5.1.1 no mailbox here by that name")
        else:
            self.say("250 recipient fine")

    def data(self, behaviour, recipients):
        self.say("354 go on")
        text = self.text()
        with self.server.lock, open(os.path.join(self.server.folder, "got.jsonl"), "a") as f:
            f.write(json.dumps({"behaviour": behaviour, "to": recipients, "text": text.decode("latin-1")}) + "\n")
        if behaviour == "text-hang":
            forever()
        if behaviour == "close":
            return False
        if behaviour == "latin":
            self.say("554 pas accept\xe9")
        elif behaviour.startswith("text-"):
            self.say(behaviour[5:] + " not this one")
        else:
            self.say("250 2.0.0 queued as F4KE")
        return True

    def handle(self):
        behaviour, recipients = "ok", []
        if self.server.greeting == "mute":
            forever()
        if self.server.greeting == "gone":
            return
        self.say("220 fake")
        while True:
            line = self.rfile.readline().decode("latin-1").strip()
            verb = line[:4].upper()
            if verb == "EHLO":
                behaviour = line[5:]
            if behaviour == "hang-" + verb:
                forever()
            if behaviour == "close-" + verb:
                return
            if verb == "EHLO":
                self.hello(behaviour)
            elif verb == "MAIL" and behaviour.startswith("sender-"):
                self.say(behaviour[7:] + " not from you")
            elif verb == "RCPT":
                recipients.append(line[8:])
                self.recipient(behaviour, line)
            elif verb == "DATA":
                if not self.data(behaviour, recipients):
                    return
            elif verb == "QUIT":
                if behaviour == "quit-hang":
                    forever()
                self.say("221 bye")
                return
            elif verb == "":
                return
            else:
                self.say("250 fine")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address):
        pass


def main():
    server = Server(("127.0.0.1", 0), Session)
    server.folder = sys.argv[1]
    server.greeting = sys.argv[2] if len(sys.argv) > 2 else None
    server.lock = threading.Lock()
    path = os.path.join(server.folder, "port")
    with open(path + ".new", "w") as f:
        f.write("%d\n" % server.server_address[1])
    os.rename(path + ".new", path)
    server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main()

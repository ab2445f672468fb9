#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Mail servers made of aiosmtpd, each on a port of its own: smtpd.py DIR CERTIFICATES

    tls        offers STARTTLS and demands it, then AUTH (user detainerd, password "right")
    self       the same, with a certificate that nobody vouches for
    elsewhere  the same, with one of another host
    expired    the same, with one that has run out
    small      as tls, but takes no mail of more than 1000 bytes
    no-auth    offers STARTTLS, but no AUTH
    plain      offers AUTH, but no STARTTLS
Recipients at refused.example get 550, at later.example 451.  DIR/ports says
"NAME PORT" a line; DIR/got.jsonl gets {"server", "from", "to", "user", "tls",
"raw"} for each message accepted, DIR/auth a line "SERVER USER TLS" for each AUTH.
"""
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, certificates = sys.argv[1:3]


class Handler:
    def __init__(self, name):
        self.name = name

    async def handle_RCPT(self, server, session, envelope, address, options):
        domain = address.rpartition("@")[2]
        if domain == "refused.example":
            return "550 5.1.1 no such person here"
        if domain == "later.example":
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        with open(os.path.join(folder, "got.jsonl"), "a") as f:
            f.write(json.dumps({"server": self.name, "from": envelope.mail_from, "to": envelope.rcpt_tos,
                                "user": session.auth_data, "tls": session.ssl is not None,
                                "raw": envelope.content.decode("latin-1")}) + "\n")
        return "250 2.0.0 taken"


def authenticator(name):
    def check(server, session, envelope, mechanism, data):
        user = data.login.decode()
        with open(os.path.join(folder, "auth"), "a") as f:
            f.write("%s %s %s\n" % (name, user, session.ssl is not None))
        right = (user, data.password) == ("detainerd", b"right")
        # handled=False lets aiosmtpd say 535 itself
        return AuthResult(success=right, handled=False, auth_data=user if right else None)
    return check


def protocol(name, certificate):
    options = {"hostname": "localhost", "authenticator": authenticator(name), "auth_required": True}
    if name == "no-auth":
        options.update(auth_required=False, auth_exclude_mechanism=["LOGIN", "PLAIN"])
    if name == "small":
        options.update(data_size_limit=1000)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(certificates, certificate + ".pem"))
        options.update(tls_context=context, require_starttls=True)
    else:
        options.update(auth_require_tls=False)
    return lambda: SMTP(Handler(name), **options)


async def serve():
    ports = {}
    for name, certificate in (("tls", "good"), ("self", "self"), ("elsewhere", "elsewhere"), ("expired", "expired"),
                              ("small", "good"), ("no-auth", "good"), ("plain", None)):
        server = await asyncio.get_running_loop().create_server(protocol(name, certificate), "127.0.0.1", 0)
        ports[name] = server.sockets[0].getsockname()[1]
    path = os.path.join(folder, "ports")
    with open(path + ".new", "w") as f:
        f.writelines("%s %d\n" % item for item in ports.items())
    os.rename(path + ".new", path)
    await asyncio.Event().wait()


asyncio.run(serve())

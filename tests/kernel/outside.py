"""A small world outside for tests: servers on loopback, names that lead where a test says."""

import datetime as dt
import re
import socket
import ssl
import threading
from contextlib import contextmanager
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kernel.wires import Wire

PUBLIC = "93.184.215.14"


class Server(threading.Thread):
    """Answers every call with the same bytes, however odd; remembers what it was asked."""

    def __init__(self, answer, *, context=None, drip=None):
        super().__init__(daemon=True)
        self.line = socket.create_server(("127.0.0.1", 0))
        self.port = self.line.getsockname()[1]
        self.answer, self.context, self.drip = answer, context, drip
        self.asked = []
        self.names = []
        self.enough = threading.Event()

    def run(self):
        while True:
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            self.asked.append(b"")
            try:
                self.serve(caller)
            except OSError:
                caller.close()

    def serve(self, caller):
        if self.context:
            caller = self.context.wrap_socket(caller, server_side=True)
        with caller:
            while not is_whole(self.asked[-1]):
                if not (piece := caller.recv(4096)):
                    return
                self.asked[-1] += piece
            caller.sendall(self.answer)
            while self.drip and not self.enough.wait(0.02):
                caller.sendall(self.drip)

    def stop(self):
        self.enough.set()
        self.line.shutdown(socket.SHUT_RDWR)
        self.line.close()


def is_whole(asked):
    """Tell whether a question has come with all of its body."""
    head, end, body = asked.partition(b"\r\n\r\n")
    size = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(end) and len(body) >= int(size[1] if size else 0)


@contextmanager
def serving(answer, **options):
    server = Server(answer, **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        server.join()


def page(body=b"<p>Forty calls a day</p>", *, status="200 OK", kind="text/html", more=()):
    """An answer as a server gives it."""
    heads = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*heads, "", ""]).encode() + body


class Names(Wire):
    """Looks names up in a table; numbers in any form as the system reads them. No DNS.

    A name with several lists of addresses leads elsewhere each time it is looked up. What is
    public leads to the server at hand; everything else is dialled as it is.
    """

    def __init__(self, server=None, **names):
        self.server = server
        self.names = {name.replace("_", "."): answers for name, answers in names.items()}
        self.looked_up, self.dialled = [], []
        self.trusted = None

    def resolve(self, host, port):
        self.looked_up.append(host)
        if host in self.names:
            answers = self.names[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        return [str(one[4][0]) for one in found]

    def dial(self, address, port, seconds):
        self.dialled.append(address)
        if self.server and address == str(ip_address(PUBLIC)):
            return super().dial("127.0.0.1", self.server.port, seconds)
        return super().dial(address, port, seconds)

    def trust(self):
        return self.trusted or super().trust()


def certificate(folder, name):
    """Make a key and a certificate for a name; return what serves with it and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    serves = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serves.load_cert_chain(path)
    trusts = ssl.create_default_context(
        cadata=made.public_bytes(serialization.Encoding.PEM).decode()
    )
    return serves, trusts

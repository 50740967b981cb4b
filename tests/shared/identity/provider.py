"""A real OpenID provider on loopback, small enough to be read – and to be told to misbehave.

It checks what a strict provider checks: redirect address, PKCE (S256), one-time codes, and the
client's own assertion (private_key_jwt) or secret.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Provider:
    """The provider's memory, and the levers a test can pull before the token is made."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.issuer = ""
        self.client_id = "samspill"
        self.client_secret = "secret"
        #: The client's public key; set → only private_key_jwt is taken.
        self.client_key: RSAKey | None = None
        self.subject = "person-1"
        self.codes: dict[str, dict[str, str]] = {}
        self.seen_jti: set[str] = set()
        self.asked: dict[str, str] = {}
        self.assertion: dict = {}
        self.refused: list[str] = []
        #: Levers.
        self.claims: dict = {}
        self.drop: tuple[str, ...] = ()
        self.make = None
        self.send_iss: str | None = None
        self.metadata: dict = {}

    def authorize(self, query: dict[str, str]) -> str:
        self.asked = query
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        answer = {"code": code, "state": query["state"]}
        if self.send_iss:
            answer["iss"] = self.send_iss
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict]:
        asked = self.codes.pop(form.get("code", ""), None)
        try:
            self._check_client(form, authorization)
            self._check_code(form, asked)
        except Exception as wrong:
            self.refused.append(str(wrong) or type(wrong).__name__)
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token(asked)}

    def _check_code(self, form, asked):
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            raise ValueError("code or redirect_uri")
        if asked.get("code_challenge_method") != "S256":
            raise ValueError("no PKCE")
        verifier = form.get("code_verifier", "")
        if _b64(hashlib.sha256(verifier.encode()).digest()) != asked["code_challenge"]:
            raise ValueError("code_verifier")

    def _check_client(self, form, authorization):
        if self.client_key is None:
            wanted = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
            if authorization != f"Basic {wanted}":
                raise ValueError("client secret")
            return
        if form.get("client_assertion_type") != ASSERTION:
            raise ValueError("no client assertion")
        claims = jwt.decode(form["client_assertion"], self.client_key, algorithms=["RS256"]).claims
        if (claims["iss"], claims["sub"], claims["aud"]) != (
            self.client_id,
            self.client_id,
            self.issuer,
        ):
            raise ValueError("client assertion is for someone else")
        if not time.time() < claims["exp"] <= time.time() + 120:
            raise ValueError("client assertion lives too long")
        if claims["jti"] in self.seen_jti:
            raise ValueError("client assertion used before")
        self.seen_jti.add(claims["jti"])
        self.assertion = claims

    def _id_token(self, asked) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": self.subject,
            "iat": now,
            "exp": now + 120,
            "nonce": asked["nonce"],
            **self.claims,
        }
        for name in self.drop:
            claims.pop(name, None)
        if self.make is not None:
            return self.make(self, claims)
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def description(self) -> dict:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            **self.metadata,
        }

    def keys(self) -> dict:
        return {"keys": [self.key.as_dict(private=False)]}


# --- Tokens no client may take ----------------------------------------------------------------
def unsigned(_provider, claims) -> str:
    header = _b64(json.dumps({"alg": "none", "typ": "JWT"}).encode())
    return f"{header}.{_b64(json.dumps(claims).encode())}."


def signed_with_public_key(provider, claims) -> str:
    """The old trick: the public key as a shared secret (HS256). By hand: joserfc refuses."""
    head = _b64(json.dumps({"alg": "HS256", "kid": "one", "typ": "JWT"}).encode())
    content = f"{head}.{_b64(json.dumps(claims).encode())}"
    key = provider.key.as_pem(private=False)
    return f"{content}.{_b64(hmac.digest(key, content.encode(), 'sha256'))}"


def a_list_with_the_nonce(provider, claims) -> str:
    claims = {**claims, "nonce": [claims["nonce"], "another"]}
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, provider.key)


def signed_with_another_key(_provider, claims) -> str:
    stranger = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, stranger)


def tampered(provider, claims) -> str:
    """Signed by the provider, then given another subject."""
    head, _body, signature = jwt.encode({"alg": "RS256", "kid": "one"}, claims, provider.key).split(
        "."
    )
    body = _b64(json.dumps({**claims, "sub": "person-2"}).encode())
    return f"{head}.{body}.{signature}"


# --- The server -------------------------------------------------------------------------------
def _handler(provider: Provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
            elif address.path == "/jwks":
                self._send(200, provider.keys())
            else:
                self._send(200, provider.description())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._send(*provider.token(form, self.headers.get("Authorization", "")))

        def _send(self, status, content):
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Quiet."""

    return Handler


@contextmanager
def running():
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)

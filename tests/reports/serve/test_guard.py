"""Only this computer's own page is answered."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from gigasite.reports.serve.guard import HEADERS, LARGEST_BODY, TOKEN, Guard

OWN = "http://127.0.0.1:8421"
TOKENED = {TOKEN: "secret"}


@pytest.fixture
def client():
    async def answer(request):
        return PlainTextResponse(f"{request.method} {len(await request.body())}")

    app = Starlette(routes=[Route("/", answer, methods=["GET", "POST", "PUT", "DELETE"])])
    return TestClient(Guard(app, hosts=("127.0.0.1:8421", "localhost:8421"), token="secret"), base_url=OWN)


@pytest.mark.parametrize("host", ["127.0.0.1:8421", "localhost:8421", "LOCALHOST:8421"])
def test_own_names_are_answered(client, host):
    assert client.get("/", headers={"host": host}).text == "GET 0"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8421",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost:8421.evil.example",
        "0.0.0.0:8421",
        "",
    ],
)
def test_foreign_names_are_refused_before_any_work(client, host):
    """A page of evil.example whose name is made to resolve to 127.0.0.1 still sends its own name."""
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.post("/", headers={"host": host, **TOKENED}).status_code == 421


def test_post_needs_the_token(client):
    assert client.post("/").status_code == 403
    assert client.post("/", headers={TOKEN: "secres"}).status_code == 403
    assert client.post("/", headers=TOKENED, content=b"abc").text == "POST 3"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8421"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    ],
)  # fmt: skip
def test_post_from_another_site_is_refused_even_with_the_token(client, headers):
    assert client.post("/", headers={**TOKENED, **headers}).status_code == 403


def test_post_from_the_page_is_answered(client):
    assert client.post("/", headers={**TOKENED, "origin": OWN, "sec-fetch-site": "same-origin"}).status_code == 200


def test_another_site_may_link_to_a_page_but_not_load_it(client):
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.get("/", headers={**foreign, "sec-fetch-mode": "navigate"}).status_code == 200
    assert client.get("/", headers={**foreign, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert client.get("/", headers={"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_unknown(client, method):
    """A preflight of another site gets no permission."""
    answer = client.request(method, "/", headers=TOKENED)
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers


def test_body_states_its_length_and_has_a_limit(client):
    assert client.post("/", headers=TOKENED, content=iter([b"abc"])).status_code == 411
    large = {**TOKENED, "content-length": str(LARGEST_BODY + 1)}
    assert client.post("/", headers=large, content=b"abc").status_code == 413


@pytest.mark.parametrize("headers", [{}, {"host": "evil.example"}])
def test_every_answer_carries_the_headers(client, headers):
    answer = client.get("/", headers=headers)
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "script-src 'self'" in answer.headers["content-security-policy"]

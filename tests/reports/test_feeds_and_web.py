"""Feeds become reports; the web is asked with care and only where it is public."""

from __future__ import annotations

import datetime as dt
import io
import socket

import pytest

from tracker.errors import InputError
from tracker.reports import web
from tracker.reports.feeds import looks_like_feed, read_feed

RSS = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Daily X</title>
<item><title>Dolna falls</title><link>https://x.example/1</link><pubDate>Tue, 05 Sep 2017 23:30:00 -0500</pubDate>
<description>&lt;p&gt;The army took Dolna.&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;
&lt;p&gt;Horna held.&lt;/p&gt;</description></item>
<item><title>No words</title></item>
<item><description>Undated words.</description><link>javascript:x</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom X</title>
<entry><title>T</title><link href="http://x.example/2"/><updated>2017-09-06T01:00:00Z</updated>
<content type="html">The rebels left Horna.</content></entry></feed>"""


def test_a_feed_gives_a_report_for_each_entry_with_words() -> None:
    refused: list[InputError] = []
    first, undated = read_feed(RSS, path="x.rss", published=None, quarantine=refused.append)
    assert (first.text, first.source, first.title) == ("The army took Dolna.\nHorna held.", "Daily X", "Dolna falls")
    assert (first.published, first.url) == (dt.date(2017, 9, 5), "https://x.example/1")
    assert (undated.published, undated.url) == (None, None)
    assert [str(error) for error in refused] == [
        "x.rss: entry 2: the report has no text. Put its words in the field 'text'."
    ]


def test_atom_is_a_feed_too() -> None:
    assert looks_like_feed(ATOM)
    (entry,) = read_feed(ATOM, path="x.atom", published=None, quarantine=lambda error: None)
    assert (entry.text, entry.published, entry.url) == (
        "The rebels left Horna.",
        dt.date(2017, 9, 6),
        "http://x.example/2",
    )


def test_entities_are_refused_before_they_are_read() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel/></rss>'
    with pytest.raises(InputError, match="declares a document type"):
        list(read_feed(bomb, path="x", published=None, quarantine=lambda error: None))
    with pytest.raises(InputError, match="is no XML"):
        list(read_feed("<rss>", path="x", published=None, quarantine=lambda error: None))


class Line:
    """A socket that has its answer ready."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer

    def makefile(self, *args, **kwargs):
        return io.BytesIO(self.answer)

    def sendall(self, data) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def net(monkeypatch):
    """Addresses by host, answers by address."""
    addresses, answers = {"x.example": "93.184.216.34", "inside.example": "10.0.0.7"}, {}

    def look_up(host, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (addresses.get(host, host), port))]

    monkeypatch.setattr(web.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(web.socket, "create_connection", lambda address, timeout: Line(answers[address[0]]))
    return answers


def test_a_public_page_is_fetched(net) -> None:
    net["93.184.216.34"] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nDolna"
    assert web.fetch("http://x.example/a").body == b"Dolna"


@pytest.mark.parametrize(
    "url",
    [
        "http://inside.example/",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://0.0.0.0/",
    ],
)
def test_private_addresses_are_refused(net, url) -> None:
    with pytest.raises(InputError, match=r"^\S+ \S+ is in a private network"):
        web.fetch(url)


def test_a_redirect_to_the_inside_is_refused_and_an_endless_one_ends(net) -> None:
    net["93.184.216.34"] = b"HTTP/1.1 302 Found\r\nLocation: http://inside.example/\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(InputError, match="private network"):
        web.fetch("http://x.example/a")
    net["93.184.216.34"] = b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(InputError, match="more than 5 redirects"):
        web.fetch("http://x.example/a")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/", "http:///a", "x.example"])
def test_other_schemes_are_refused(net, url) -> None:
    with pytest.raises(InputError, match="only http and https"):
        web.fetch(url)


def test_errors_and_floods_are_told(net, monkeypatch) -> None:
    net["93.184.216.34"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(InputError, match="answers 404"):
        web.fetch("http://x.example/a")
    monkeypatch.setattr(web, "MOST_BYTES", 4)
    net["93.184.216.34"] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nDolna"
    with pytest.raises(InputError, match="more than 0 MiB"):
        web.fetch("http://x.example/a")

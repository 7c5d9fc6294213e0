"""Text from strangers, in every field at once: it shows as text and never runs."""

from __future__ import annotations

import dataclasses

import pytest
from shapely.geometry import LineString, box

from tracker.maps import MapOptions, write_map
from tracker.maps.safe import visible_text
from tracker.model import Actor, BaseShape, Layer

pytestmark = pytest.mark.browser

RUN = "window.hacked=1"
PAYLOADS = [
    f"<img src=x onerror={RUN}>",
    f'<img src="x" onerror="{RUN}">',
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><script>{RUN}//",
    f"<!--<script>{RUN}</script>-->",
    "<!-- <script> never closed",
    f"]]><script>{RUN}</script>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<a href='javascript:{RUN}'>here</a>",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://example.org",
    f" javascript:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    "file:///etc/passwd",
    "//evil.example.org/x.js",
    "https://user:secret@evil.example.org/",
    "https://example.org/\u202egnp.exe",
    f"${{{RUN}}}",
    f"${{(()=>{{{RUN}}})()}}",
    f"`;{RUN};`",
    f"`+({RUN})+`",
    f"';{RUN};'",
    f'";{RUN};"',
    f"\\';{RUN};//",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    "{{ 7 * 7 }}",
    "{% for a in [1] %}x{% endfor %}",
    "{{ this.__init__.__globals__ }}",
    "{# a comment #}",
    "&lt;b&gt; &amp; &#60;img src=x&#62;",
    f'" onmouseover="{RUN}" x="',
    f"' autofocus onfocus='{RUN}' x='",
    "<style>*{background:url(https://evil.example.org)}</style>",
    "<link rel=stylesheet href=https://evil.example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example.org'>",
    "<base href=https://evil.example.org/>",
    "<form action=https://evil.example.org><button>send</button></form>",
    f"expression({RUN}); url(https://evil.example.org/x.png); }} body {{ display: none",
    "red;background:url(https://evil.example.org)",
    "line\u2028separator\u2029and\u0085more",
    "\u202eright to left\u202c and \u2067isolated\u2069",
    "الرقة \u200fversus\u200e Raqqa",
    "nul\x00 bell\x07 escape\x1b[31m",
    "half a pair \ud83d alone",
    "__proto__",
    "constructor",
    "toString",
    "A" * 20_000,
    "\u0301" * 400,
    "",
    "   ",
]  # fmt: skip


def hostile_layer(samples, text):
    quote = dataclasses.replace(
        samples.quote("x"),
        claim_id=text,
        report_id=text,
        quote=text,
        kind=text,
        actor=text,
        source=text,
        valid_time=text,
        url=text,
    )
    said = tuple(dataclasses.replace(quote, stance=stance) for stance in ("for", "against", "unreal", text))
    rows = [
        samples.feature(
            text, geometry=box(40, 35, 41, 36), part=part, holder=holder, sides=sides, status=status, claims=said,
            start="2017-05-01", end=end, holder_name=text, reason=text, besieged=True, besieged_by=text, name=text,
            feature=text,
        )
        for part, holder, sides, status, end in (
            (text, text, (text,), "held", "2017-06-01"),
            (None, None, (text, "sdf"), "contested", None),
            ("north", text, (text,), text, None),
        )
    ]  # fmt: skip
    lines = [
        dataclasses.replace(
            samples.approach(), kind=kind, place_id=text, name=text, part=text, actor=text, actor_name=text,
            target=text, start=samples.day("2017-05-01"), end=samples.day("2017-06-01"), claims=said,
        )
        for kind in ("approach", "siege", text)
    ]  # fmt: skip
    return Layer(
        on=None,
        known_by=None,
        start=samples.day("2017-05-01"),
        end=samples.day("2017-06-30"),
        features=tuple(rows),
        lines=tuple(lines),
    )


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_shows_as_text_and_never_runs(visiting, samples, tmp_path, text) -> None:
    actors = {text: Actor(actor_id=text, name=text, colour=text)}
    options = MapOptions(
        subtitle=text, sources=[text], method=text, doubt=text, names={text: [text]}, tiles_attribution=text
    )
    base = [BaseShape(kind=kind, name=text, geometry=box(38, 33, 43, 38)) for kind in ("land", "admin1", text)]
    base.append(BaseShape(kind="river", name=text, geometry=LineString([(38, 34), (43, 37)])))
    layer = hostile_layer(samples, text)
    path = write_map(layer, tmp_path / "hostile.html", actors=actors, title=text, options=options, base=base)
    with visiting() as visit:
        page = visit.open(path, "#on=2017-05-15")
        shown = visible_text(text)
        assert page.text_content("h1") == shown
        visit.js("Tracker.app.set({ place: 0, layers: { textures: true, reports: true } })")
        page.wait_for_selector("#panel blockquote", state="attached")
        assert page.locator("#panel blockquote").first.text_content() == shown
        assert page.text_content("#panel-heading") == shown
        page.mouse.move(800, 400)
        page.fill("#search-text", text.replace("\ud83d", "")[:200] or "x")
        page.click("#about-open")
        assert shown in page.text_content("#about-body")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
        visit.settle()
        assert visit.js("window.hacked") is None
        assert visit.js(FOREIGN) == []


# Elements and attributes that the page itself never makes.
FOREIGN = """() => {
  const found = [], never = new Set('IMG IFRAME OBJECT EMBED BASE LINK META STYLE VIDEO'.split(' '));
  for (const each of document.querySelectorAll('body *')) {
    const tag = each.tagName.toUpperCase(), href = each.getAttribute('href');
    if (never.has(tag)) found.push(tag);
    if (tag === 'SCRIPT' && !each.type && each !== document.body.lastElementChild) found.push('a script');
    if (tag === 'A' && href !== null && !/^(https?:|#)/.test(href)) found.push(href);
    if (tag === 'FORM' && each.hasAttribute('action')) found.push('a form');
    for (const attribute of each.attributes) if (/^on/i.test(attribute.name)) found.push(attribute.name);
  }
  return found;
}"""

"""axe on a page as it stands, wide and narrow, light and dark."""

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands now, one line each."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


#: Wide and narrow, light and dark.
LOOKS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


def violations_in_every_look(page: Page) -> dict[str, list[str]]:
    """axe at 1280 and 360 px, light and dark; also says when the page scrolls sideways."""
    found = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        lines = violations(page)
        if page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            lines.append("the page scrolls sideways")
        if lines:
            found[f"{page.url} {width} {scheme}"] = lines
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    return found

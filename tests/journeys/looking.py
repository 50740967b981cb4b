"""axe on a page as it stands, wide and narrow, light and dark; and what else a page owes."""

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERY_RULE = {"type": "tag", "values": WCAG}
#: What a change of colours can break. The rest is the same light and dark.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """rules => axe.run(
  document, {runOnly: rules, resultTypes: ["violations"], preload: false, iframes: false}
)"""
#: A change of width or colours is drawn, and no colour is on its way to another.
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => done()))))"""
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

#: What every page owes its readers, beside what axe knows.
OWED = """() => {
  const wrong = [];
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) wrong.push(`${headings} h1`);
  if (!document.title.split(" – ")[0].trim()) wrong.push("no title");
  if (!["nb", "nn", "en"].includes(document.documentElement.lang)) wrong.push("no lang");
  const skip = document.querySelector("a[href], button, input, select, textarea, summary");
  const target = skip?.hash && document.querySelector(skip.hash);
  if (target?.getAttribute("tabindex") !== "-1") wrong.push("no skip link");
  const said = (control) => [
    control.getAttribute("aria-label"), control.textContent, control.title,
    ...(control.labels ? [...control.labels].map((one) => one.textContent) : []),
    ...(control.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
      .map((id) => document.getElementById(id)?.textContent),
  ].some((words) => words?.trim());
  document.querySelectorAll("input:not([type=hidden]), select, textarea, button").forEach((one) => {
    if (one.matches("select, textarea") ? !said({...bare(one)}) : !said(one)) {
      wrong.push(`nameless ${one.tagName} ${one.name}`);
    }
  });
  function bare(one) {
    // The words inside a list or a text field are its value, not its name.
    return {textContent: "", title: one.title, labels: one.labels,
            getAttribute: (name) => one.getAttribute(name)};
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length) wrong.push(`twice: ${twice}`);
  return wrong;
}"""


def violations(page: Page, rules: dict[str, object] = EVERY_RULE) -> list[str]:
    """What axe finds wrong on the page as it stands now, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, rules)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


#: Wide and narrow, light and dark.
LOOKS = [(1280, "light"), (1280, "dark"), (360, "dark"), (360, "light")]


def violations_in_every_look(page: Page) -> dict[str, list[str]]:
    """axe at 1280 and 360 px, light and dark; also says when the page scrolls sideways."""
    found = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        lines = violations(page, EVERY_RULE if scheme == "light" else COLOURS)
        if page.evaluate(SCROLLS):
            lines.append("the page scrolls sideways")
        if lines:
            found[f"{page.url} {width} {scheme}"] = lines
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    return found


def debts(page: Page) -> list[str]:
    """What the page owes its readers and does not give: heading, title, names, room at 320 px."""
    wrong = list(page.evaluate(OWED))
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate(SCROLLS):
        wrong.append("scrolls sideways at 320 px")
    page.set_viewport_size({"width": 1280, "height": 900})
    return wrong

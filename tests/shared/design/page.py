"""Reads a page into an element tree, so tests ask for elements and not for text."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

_VOID = {"base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.open.append(tag)
        if tag in _VOID:
            self.handle_endtag(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes something else"
        self.tree.end(tag)

    def handle_data(self, data):
        if self.open:
            self.tree.data(data)


def read(markup: str) -> Element:
    """The page as a tree under one root; unbalanced markup fails the test."""
    reader = _Reader()
    reader.feed(f"<root>{markup}</root>")
    reader.close()
    return reader.tree.close()


def each(root: Element, path: str, name: str) -> list[str]:
    """The value of attribute ``name`` on every element at ``path`` that has it."""
    return [node.attrib[name] for node in root.iterfind(path) if name in node.attrib]


def text(node: Element | None) -> str:
    """All text inside, spaces pressed together."""
    assert node is not None
    return " ".join("".join(node.itertext()).split())


def texts(root: Element, path: str) -> list[str]:
    return [text(node) for node in root.iterfind(path)]

"""What a page looks like, asked of the browser itself: nothing cut, nothing beside the page, room for fingers."""

from __future__ import annotations

from typing import Any

FINGER = 44  # CSS pixels a finger needs
PRESSED = (
    ".btn, button, select, summary, .foot-item, .menu-link, .next a, .sort,"
    " input:not([type=hidden], [type=checkbox], [type=radio])"
)
SEEN = "const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;"

BESIDE = f"""() => {{ {SEEN}
  return [...document.querySelectorAll("main *")].filter(e => {{
    if (!seen(e) || e.closest("svg, .wide, .visually-hidden, [role=region]")) return false;
    const box = e.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1);
  }}).slice(0, 3).map(e => "beside the window: " + e.outerHTML.slice(0, 80));
}}"""
CUT = f"""() => {{ {SEEN}
  return [...document.querySelectorAll("main *")].filter(e =>
    seen(e) && !e.childElementCount && getComputedStyle(e).textOverflow === "ellipsis"
    && !e.matches("input") && e.scrollWidth > e.clientWidth + 1
  ).slice(0, 3).map(e => "cut: " + e.textContent.trim().slice(0, 60));
}}"""
SMALL = f"""([pressed, finger]) => {{ {SEEN}
  return [...document.querySelectorAll(pressed)].filter(e =>
    seen(e) && !e.closest(".visually-hidden") && e.getBoundingClientRect().height < finger - 0.5
  ).slice(0, 3).map(e => "too small for a finger: " + Math.round(e.getBoundingClientRect().height) + " "
    + e.outerHTML.slice(0, 80));
}}"""
HEADS = f"""() => {{ {SEEN}
  const found = [], heads = [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].filter(seen);
  heads.forEach((head, at) => {{
    const before = at ? +heads[at - 1].tagName[1] : 0;
    if (+head.tagName[1] > before + 1) found.push("heading out of order: " + head.outerHTML.slice(0, 80));
  }});
  if (heads.filter(head => head.tagName === "H1").length > 1) found.push("more than one first heading");
  return found;
}}"""


def misplaced(page: Any) -> list[str]:
    """Parts beside the window and words cut short, as the page stands at this width."""
    return [*page.evaluate(BESIDE), *page.evaluate(CUT)]


def too_small(page: Any) -> list[str]:
    """What is there to be pressed and is lower than a finger needs; for narrow windows."""
    return [str(line) for line in page.evaluate(SMALL, [PRESSED, FINGER])]


def out_of_order(page: Any) -> list[str]:
    """Headings that skip a level, or a second first one."""
    return [str(line) for line in page.evaluate(HEADS)]

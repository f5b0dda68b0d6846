"""The one script of a preview. Pages on the disk have none."""

from __future__ import annotations

SCRIPT = """\
"use strict";
const page = document.currentScript.dataset;
let events = null;
// A browser has few connections to give: only a page that is looked at holds one.
function follow() {
  if (document.hidden) {
    if (events) events.close();
    events = null;
  } else if (!events) {
    events = new EventSource(page.changes);
    events.onmessage = (event) => { if (event.data !== page.version) location.reload(); };
  }
}
document.addEventListener("visibilitychange", follow);
follow();
"""
"""Reloads the page once its version is another than the one that it was made with."""

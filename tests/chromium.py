#!/usr/bin/env python3
"""Drives a drawing of `dossier draw --format html` in headless Chromium: clicks, filters, searches, keys, screenshots.

    python3 tests/chromium.py [--shots FOLDER] PAGE.html...

Needs Debian's `chromium` (or CHROMIUM=program) and nothing but Python's own library: it speaks the DevTools protocol over pipes.
Prints a line a page and each check that failed; exit code 1 where one did, 3 where Chromium itself ended. `tests/pages.sh` draws every view of data/ and runs this.
"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


class Browser:
    """A page of a headless Chromium, over --remote-debugging-pipe (messages end in NUL)."""

    def __init__(self, page, home):
        program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        if not program:
            sys.exit("chromium is not installed: apt-get install chromium")
        to_read, self.to_browser = os.pipe()
        self.from_browser, to_write = os.pipe()
        start = "exec 3<&%d 4>&%d; exec \"$0\" \"$@\"" % (to_read, to_write)
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--window-size=1280,900",
                 "--disable-dev-shm-usage", "--user-data-dir=" + home, "about:blank"]
        self.process = subprocess.Popen(["bash", "-c", start, program, *flags], pass_fds=(to_read, to_write),
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.rest, self.count, self.session, self.events = b"", 0, None, []
        targets = self.call("Target.getTargets")["targetInfos"]
        target = next(t for t in targets if t["type"] == "page")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Page.navigate", url=pathlib.Path(page).resolve().as_uri())
        self.wait("document.documentElement.dataset.ready === 'yes'")

    def call(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_browser, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                piece = os.read(self.from_browser, 1 << 20)
                if not piece:
                    print("chromium ended early", file=sys.stderr)
                    sys.exit(3)
                self.rest += piece
            text, self.rest = self.rest.split(b"\0", 1)
            answer = json.loads(text)
            if answer.get("id") == self.count:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def ask(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            sys.exit(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait(self, script):
        self.ask("new Promise((yes, no) => { let n = 0; const t = setInterval(() => { if (%s) { clearInterval(t); yes(true); } "
                 "else if (++n > 200) { clearInterval(t); no('never: ' + %s); } }, 50); })" % (script, json.dumps(script)))

    def click(self, selector):
        x, y = self.ask("(() => { const e = document.querySelector(%s); const b = e.getBoundingClientRect(); "
                        "return [b.x + b.width / 2, b.y + b.height / 2]; })()" % json.dumps(selector))
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.ask("new Promise((go) => setTimeout(go, 60))")

    def drag(self, dx, dy):
        x, y = self.ask("(() => { const b = document.querySelector('#stage').getBoundingClientRect(); return [b.x + 12, b.y + 12]; })()")
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=1)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + dx, y=y + dy, button="left")
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=x + dx, y=y + dy, button="left", clickCount=1)
        self.ask("new Promise((go) => setTimeout(go, 60))")

    def key(self, key):
        text = key if len(key) == 1 else {"Enter": "\r"}.get(key, "")
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def shot(self, folder, name):
        if folder:
            data = self.call("Page.captureScreenshot", format="png")["data"]
            (pathlib.Path(folder) / f"{name}.png").write_bytes(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        self.process.wait()


CHECKS, FAILED = [], []


def check(name, good, found=""):
    CHECKS.append(name)
    if not good:
        print(f"FAIL  {name}: {found}")
        FAILED.append(name)


def visible(browser, what):
    return browser.ask(f"document.querySelectorAll('g.{what}:not(.off)').length")


# Of the page's text on its background, by WCAG 2.2.
CONTRAST = """(() => { const style = getComputedStyle(document.body);
  const light = (color) => { const [r, g, b] = color.match(/[\\d.]+/g).map((n) => { n /= 255; return n <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const [a, b] = [light(style.color), light(style.backgroundColor)].sort((x, y) => y - x); return (a + .05) / (b + .05); })()"""


def drive(browser, folder, name_of_page):
    ask = browser.ask
    box = "document.querySelector('#stage svg').getAttribute('viewBox')"
    nodes, edges = visible(browser, "node"), visible(browser, "edge")
    check("the picture is there", nodes > 2, nodes)
    browser.shot(folder, "1-start")

    whole = ask(box)
    browser.click("#in")
    check("the button zooms in", ask(box) != whole)
    browser.drag(80, 40)
    moved = ask(box)
    browser.key("0")
    check("dragging moves, 0 fits", moved != whole and [float(n) for n in ask(box).split()] == [float(n) for n in whole.split()], ask(box))

    browser.click("g.node")
    check("a click opens the panel", not ask("document.querySelector('#panel').hidden"))
    label = ask("document.querySelector('g.node').getAttribute('aria-label')")
    check("the panel names what was clicked", ask("document.querySelector('#tale').textContent") == label, label)
    if edges:
        check("the panel lists its lines", ask("document.querySelectorAll('#lines button').length") > 0)
    browser.shot(folder, "2-node")
    browser.key("Escape")
    check("Escape closes it", ask("document.querySelector('#panel').hidden"))

    with_quotes = ask("(() => { const { cards } = JSON.parse(document.querySelector('#data').textContent);"
                      " return Object.keys(cards).find((id) => cards[id].quotes.length); })()")
    # The classes of the ontology rest on no document.
    check("something has evidence", bool(with_quotes) or "ontology" in name_of_page)
    if with_quotes:
        ask(f"document.getElementById('{with_quotes}').focus()")
        browser.key("Enter")
        check("Enter on a focused thing shows its quotes", ask("document.querySelectorAll('#quotes li').length") > 0)
        browser.shot(folder, "3-quotes")
        browser.key("Escape")

    name = ask("[...document.querySelectorAll('g.node')].at(-1).getAttribute('aria-label').split(' (')[0]")
    browser.key("/")
    check("/ goes to the search", ask("document.activeElement.id") == "search")
    browser.type(name.upper())
    check("the search finds a name in any case", ask("document.querySelectorAll('g.node.hit').length") >= 1, name)
    before = ask(box)
    browser.key("Enter")
    check("Enter in the search chooses it", not ask("document.querySelector('#panel').hidden"))
    check("what can be seen stays where it is", ask(box) == before, ask(box))
    browser.shot(folder, "4-search")
    ask("document.querySelector('#search').value = ''; document.querySelector('#search').dispatchEvent(new Event('input'))")

    browser.click("#filters summary")
    browser.click("#kinds input")
    fewer = visible(browser, "node")
    check("a type can be taken away", fewer < nodes, f"{fewer} of {nodes}")
    browser.shot(folder, "5-filter")
    check("what is chosen is on the picture", ask("!document.querySelector('.chosen.off')"))
    browser.click("#reset")
    check("and comes back", visible(browser, "node") == nodes)
    if ask("document.querySelectorAll('#statuses input').length") > 1:
        total = visible(browser, "edge") + visible(browser, "node")
        ask("[...document.querySelectorAll('#statuses input')].filter((b) => b.value !== 'asserted').forEach((b) => b.click())")
        check("statuses can be taken away", visible(browser, "edge") + visible(browser, "node") < total)
        browser.click("#reset")
    if ask("document.querySelectorAll('[data-dates]').length"):
        browser.click("#from")
        browser.type("2999")
        browser.click("#undated")
        check("dates filter", visible(browser, "edge") + (0 if edges else visible(browser, "node")) == 0)
        browser.click("#reset")

    ask("document.querySelector('#reset').focus()")
    browser.key("Escape")
    check("Escape closes the filters", not ask("document.querySelector('#filters').open"))
    contrast = ask(CONTRAST)
    check("text of the page reads well on its background", contrast >= 4.5, contrast)
    overflow = ask("document.documentElement.scrollWidth - innerWidth")
    check("the page is no wider than the window", overflow <= 0, overflow)

    unnamed = ask("[...document.querySelectorAll('button, input, g.node, g.edge, summary')].filter((e) => !(e.getAttribute('aria-label')"
                  " || e.textContent.trim() || e.closest('label')?.textContent.trim())).length")
    check("everything that can be used has a name", unnamed == 0, unnamed)
    stops = ask("document.querySelectorAll('g.node[tabindex=\"0\"]').length")
    check("every node can be reached by Tab", stops == nodes, stops)
    methods = [event for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    outside = [event["params"]["request"]["url"] for event in methods if not event["params"]["request"]["url"].startswith(("file:", "data:"))]
    check("nothing is loaded", not outside, outside)
    errors = [event["params"]["entry"]["text"] for event in browser.events if event.get("method") == "Log.entryAdded" and event["params"]["entry"]["level"] == "error"]
    errors += [event["params"]["exceptionDetails"]["text"] for event in browser.events if event.get("method") == "Runtime.exceptionThrown"]
    check("no errors in the console", not errors, errors)


def main():
    pages, shots = sys.argv[1:], None
    if pages[:1] == ["--shots"]:
        shots, pages = pages[1], pages[2:]
    if not pages:
        sys.exit(__doc__)
    for page in pages:
        name, before, failed = pathlib.Path(page).stem, len(CHECKS), len(FAILED)
        folder = shots and os.path.join(shots, name)
        if folder:
            os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            browser = Browser(page, home)
            try:
                drive(browser, folder, name)
            finally:
                browser.close()
        print(f"{name}: {len(CHECKS) - before} checks, {len(FAILED) - failed} failed")
    sys.exit(1 if FAILED else 0)


if __name__ == "__main__":
    main()

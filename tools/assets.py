"""Copy the GOV.UK and MOJ files that npm fetched into the static folder: only what is ours."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "carers" / "static" / "vendor"
FILES = (
    "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "@ministryofjustice/frontend/moj/moj-frontend.min.css",
    "@ministryofjustice/frontend/moj/moj-frontend.min.js",
)
IMAGES = "@ministryofjustice/frontend/moj/assets/images"

CREST = re.compile("crest|crown")
FONT_FACE = re.compile(r"(?:/\*[^*]*\*/)?@font-face\{[^{}]*\}")
RULE = re.compile(r"[^{}]+\{[^{}]*\}")
SOURCE_MAP = re.compile(r"(?://|/\*)# sourceMappingURL=\S+(?: \*/)?")
ADDRESS = re.compile(r"url\(images/([^)]+)\)")
NOT_OURS = re.compile(r"gds transport|calvert|crest|crown|/assets/|sourcemappingurl", re.IGNORECASE)


class NotOurs(Exception):
    """Something is left that only a service on GOV.UK may show, or that points outside."""


def ours(text: str) -> str:
    """Drop the font, the crest, the crown and the source map; make every address relative."""
    text = FONT_FACE.sub("", text)
    text = RULE.sub(lambda rule: "" if CREST.search(rule[0]) else rule[0], text)
    text = SOURCE_MAP.sub("", text)
    return text.replace("GDS Transport,", "").replace("/assets/images/", "images/")


def checked(name: str, text: str) -> str:
    if left := sorted({found.lower() for found in NOT_OURS.findall(text)}):
        raise NotOurs(f"{name} still has: {', '.join(left)}")
    return text


def images_named(texts: Mapping[str, str]) -> list[str]:
    return sorted({name for text in texts.values() for name in ADDRESS.findall(text)})


def bring(modules: Path, vendor: Path) -> None:
    """Write the four files and the icons that they name; raises NotOurs before writing any."""
    texts = {}
    for source in map(modules.joinpath, FILES):
        texts[source.name] = checked(source.name, ours(source.read_text("utf-8")))
    icons = images_named(texts)
    (vendor / "images").mkdir(parents=True, exist_ok=True)
    for icon in icons:
        (vendor / "images" / icon).write_bytes((modules / IMAGES / icon).read_bytes())
    for name, text in texts.items():
        (vendor / name).write_text(text, "utf-8")


if __name__ == "__main__":
    try:
        bring(MODULES, VENDOR)
    except (NotOurs, OSError) as error:
        sys.exit(f"tools/assets.py: {error}")

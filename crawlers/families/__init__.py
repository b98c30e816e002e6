"""How each CMS lays out a list of reports: a module per family, pure functions of a page."""

from crawlers.families import dahe, lonsun, ucap
from crawlers.families.base import Family

FAMILIES: dict[str, Family] = {
    "dahe": dahe,
    "lonsun": lonsun,
    "ucap": ucap,
}

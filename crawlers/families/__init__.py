"""How each CMS lays out a list of reports: a module per family, functions of an answer's text.

In the order in which a page is asked for their marks: the first that finds one has built it.
"""

from crawlers.families import (
    dahe,
    epoint,
    generic,
    gkmlpt,
    hanweb_annual,
    hanweb_jpage,
    hanweb_unit,
    lonsun,
    mongo,
    nfcms,
    openness,
    shanghai,
    trs,
    ucap,
    uuid,
    vsb,
)
from crawlers.families.base import Family

FAMILIES: dict[str, Family] = {
    "gkmlpt": gkmlpt.FAMILY,
    "nfcms": nfcms.FAMILY,
    "hanweb_annual": hanweb_annual.FAMILY,
    "hanweb_jpage": hanweb_jpage.FAMILY,
    "hanweb_unit": hanweb_unit.FAMILY,
    "vsb": vsb.FAMILY,
    "ucap": ucap.FAMILY,
    "lonsun": lonsun.FAMILY,
    "openness": openness.FAMILY,
    "dahe": dahe.FAMILY,
    "epoint": epoint.FAMILY,
    "trs": trs.FAMILY,
    "uuid": uuid.FAMILY,
    "shanghai": shanghai.FAMILY,
    "mongo": mongo.FAMILY,
    "generic": generic.FAMILY,
}

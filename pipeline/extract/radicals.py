"""Characters that fonts of a PDF turned into radicals: ⼯作 for 工作, ⻘ for 青."""

from __future__ import annotations

import re
import unicodedata

RADICAL = re.compile("[\u2e80-\u2fd5]")

MAY_HOLD = re.compile(b"\xe2[\xba-\xbf]")
"""What a radical begins with in UTF-8; no other charset of these pages has them."""

WITHOUT = "gb18030"
"""The charset in which the same two bytes are common characters, or halves of two."""

SUPPLEMENT = (
    "⺀冫⺁厂⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎尢⺐尢⺒巳⺓幺⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬⺤爪"
    "⺥爪⺦爿⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱网⺲罒⺳网⺶羊⺷羊⺸羊⺹老⺺聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤"
    "⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Each radical of the supplement, and the character that it stands for: Unicode folds only two."""

AS_CHARACTER = dict(zip(SUPPLEMENT[::2], SUPPLEMENT[1::2], strict=True))


def without_radicals(text: str) -> tuple[str, int]:
    """The text with whole characters, and how many were radicals; places stay places."""
    return RADICAL.subn(lambda found: _character(found[0]), text)


def _character(radical: str) -> str:
    return AS_CHARACTER.get(radical) or unicodedata.normalize("NFKC", radical)

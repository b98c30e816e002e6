"""The 《政府信息公开情况统计表》 of 2014 to 2018: one long list of indicators."""

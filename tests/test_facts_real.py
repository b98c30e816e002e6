"""The facts of the five real reports against what a person read in them."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache

import pytest

from pipeline.model import Fact, Report
from pipeline.read import read_page
from tests.shared_support import real_reports

Expected = tuple[str, str, str, int | str | None, str, str]
"""Report, key of its truth, fact, value, qualifier, scope."""

FOUND: list[Expected] = [
    ("000", "proactive_total", "n.proactive_total", 3947, "exact", "agency"),
    ("000", "requests_received", "n.requests_received", 7, "exact", "agency"),
    ("000", "reports_of_prior_year_evaluation", "n.evaluation", None, "in_words", "agency"),
    ("000", "problems", "n.problems", 3, "exact", "agency"),
    ("000", "section6", "n.section6", 0, "exact", "agency"),
    ("001", "proactive_by_channel.website", "n.proactive.website", 235, "exact", "agency"),
    ("001", "proactive_by_channel.weibo", "n.proactive.weibo", 1356, "exact", "agency"),
    ("001", "proactive_by_channel.wechat", "n.proactive.wechat", 126, "exact", "agency"),
    ("001", "requests_received", "n.requests_received", 0, "exact", "agency"),
    ("001", "hotline_12345_cases", "n.hotline_cases", 125, "exact", "agency"),
    ("001", "website_messages_answered", "n.messages_answered", 2, "exact", "agency"),
    ("001", "weibo_followers", "n.followers.weibo", 2960, "exact", "agency"),
    ("001", "weibo_following", "n.following.weibo", 205, "exact", "agency"),
    ("001", "weibo_cumulative_posts", "n.proactive.weibo", 2900, "余", "agency"),
    ("001", "licensing_items", "n.power_list.licensing", 4, "exact", "agency"),
    ("001", "penalty_items", "n.power_list.penalty", 165, "exact", "agency"),
    ("001", "coercion_items", "n.power_list.coercion", 4, "exact", "agency"),
    ("001", "inspection_items", "n.power_list.inspection", 7, "exact", "agency"),
    ("001", "other_power_items", "n.power_list.other", 13, "exact", "agency"),
    ("001", "processing_fee_cny", "n.fee_cny", 0, "exact", "agency"),
    ("001", "section6", "n.fee_cny", 0, "exact", "agency"),
    ("002", "proactive_total", "n.proactive_total", 779, "exact", "agency"),
    ("002", "requests_received", "n.requests_received", 0, "exact", "agency"),
    ("002", "policy_interpretations_own", "n.interpretations.own", 8, "exact", "agency"),
    ("002", "policy_interpretations_upper", "n.interpretations.upper", 6, "exact", "agency"),
    ("002", "problems", "n.problems", 2, "exact", "agency"),
    ("002", "improvements", "n.improvements", 2, "exact", "agency"),
    ("002", "section6", "n.section6", 0, "exact", "agency"),
    ("003", "proactive_total", "n.proactive_total", 6229, "exact", "agency"),
    ("003", "proactive_by_channel.website", "n.proactive.website", 3562, "exact", "agency"),
    ("003", "proactive_by_channel.wechat", "n.proactive.wechat", 762, "exact", "agency"),
    ("003", "proactive_by_channel.weibo", "n.proactive.weibo", 692, "exact", "agency"),
    ("003", "proactive_by_channel.other_media", "n.proactive.other_media", 1213, "exact", "agency"),
    ("003", "reports_to_provincial_government", "n.reports_to_superiors", 620, "余", "agency"),
    ("003", "new_media_posts", "n.proactive.new_media", 1500, "余", "agency"),
    ("003", "wechat_followers_from", "n.followers.wechat", 25000, "exact", "agency"),
    ("003", "wechat_followers_to", "n.followers.wechat", 120000, "exact", "agency"),
    ("003", "weibo_followers_from", "n.followers.weibo", 200000, "余", "agency"),
    ("003", "weibo_followers_to", "n.followers.weibo", 220000, "exact", "agency"),
    ("003", "self_inspections", "n.self_inspections", 24, "exact", "agency"),
    ("003", "people_trained", "n.people_trained", 220, "余", "region"),
    ("003", "disclosure_catalogue.categories", "n.catalogue.categories", 7, "exact", "agency"),
    ("003", "disclosure_catalogue.items", "n.catalogue.items", 28, "exact", "agency"),
    ("003", "requests_received", "n.requests_received", 5, "exact", "agency"),
    ("003", "requests_processed", "n.requests_processed", 5, "exact", "agency"),
    ("003", "requests_on_time", "n.answered_on_time", 5, "exact", "agency"),
    ("003", "licensing_approved_items", "n.decisions.licensing", 1166, "exact", "agency"),
    ("003", "special_columns", "n.columns", 8, "exact", "agency"),
    ("003", "enforcement_disclosures", "n.enforcement_disclosures", 500, "余", "agency"),
    ("003", "media_reports", "n.media_reports", 300, "余", "agency"),
    ("003", "joint_sanction_companies", "n.sanctioned_companies", 20, "exact", "region"),
    (
        "003",
        "reconsideration_cases_handled_as_authority",
        "n.other_cases.reconsideration",
        10,
        "exact",
        "reviewing_authority",
    ),
    (
        "003",
        "administrative_litigation_all_kinds",
        "n.other_cases.litigation",
        4,
        "exact",
        "agency",
    ),
    ("003", "mediation_rate_pct", "n.rate.mediation", "88.9", "exact", "agency"),
    ("003", "litigation_lost", "n.other_cases.litigation_lost", 0, "exact", "agency"),
    ("004", "proactive_total", "n.proactive_total", 228, "exact", "agency"),
    ("004", "full_text_electronic_pct", "n.rate.electronic", 100, "exact", "agency"),
    ("004", "requests_received", "n.requests_received", 15, "exact", "agency"),
    ("004", "requests_by_channel.online", "n.requests.by_channel.online", 6, "exact", "agency"),
    ("004", "requests_by_channel.letter", "n.requests.by_channel.letter", 9, "exact", "agency"),
    ("004", "requests_granted", "n.results.granted", 7, "exact", "agency"),
    ("004", "unavailable_not_held", "n.results.unavailable.not_held", 3, "exact", "agency"),
    (
        "004",
        "petition_complaint",
        "n.results.not_processed.petition_complaint",
        5,
        "exact",
        "agency",
    ),
    ("004", "reconsideration", "n.reconsideration", 1, "exact", "agency"),
    ("004", "reconsideration_result", "n.reconsideration.result", None, "in_words", "agency"),
    ("004", "litigation", "n.litigation", 1, "exact", "agency"),
    ("004", "litigation_status", "n.litigation.result", None, "in_words", "agency"),
    ("004", "problems", "n.problems", 3, "exact", "agency"),
    ("004", "section6", "n.section6", 0, "exact", "agency"),
]

NOT_COVERED = {
    ("000", "training_frequency"): "how often, not how many",
    ("000", "circulars"): "how often, not how many",
    ("001", "problems"): "the text numbers no items; that it is one problem is a judgement",
    ("002", "press_conferences"): "the section gives no number, so there is no fact",
    ("002", "proactive_year_as_written"): "not a count: the finding year_in_body_differs names it",
    ("002", "breakdown_sum"): "not printed; the items are tested below",
    ("003", "channel_sum"): "not printed; it is the sum of four facts above",
    ("003", "consultation_events"): "events for the public, no disclosure fact (trap 8)",
}


@cache
def read(number: str) -> Report:
    path = next(real_reports().glob(f"{number}_*.txt"))
    return read_page(path.read_bytes(), content_type="text/plain")


def facts(number: str, id_: str) -> list[Fact]:
    return [fact for fact in read(number).facts if fact.id == id_]


@pytest.mark.parametrize("expected", FOUND, ids=lambda e: f"{e[0]}-{e[1]}")
def test_a_fact_of_a_real_report_has_its_value_qualifier_and_scope(expected: Expected) -> None:
    number, key, id_, value, qualifier, scope = expected
    wanted = (None if value is None else Decimal(value), qualifier, scope)

    assert wanted in [(f.value, f.qualifier, f.scope) for f in facts(number, id_)], key


def test_every_fact_of_the_truth_files_is_found_or_has_a_reason() -> None:
    covered = {(number, key) for number, key, *_ in FOUND} | NOT_COVERED.keys()
    for path in real_reports().glob("*.truth.json"):
        number = path.name[:3]
        for key, value in json.loads(path.read_text("utf-8"))["narrative"].items():
            parts = [f"{key}.{part}" for part in value] if isinstance(value, dict) else [key]
            known = key == "breakdown" or all((number, part) in covered for part in parts)
            assert known, (number, key)


def test_each_item_of_the_list_of_report_002_is_found_with_its_label() -> None:
    path = next(real_reports().glob("002_*.truth.json"))
    breakdown = json.loads(path.read_text("utf-8"))["narrative"]["breakdown"]
    texts = {section.id: section.text for section in read("002").sections}

    items = facts("002", "n.proactive.by_topic")

    assert len(items) == len(breakdown)
    clauses = [texts[f.section][f.start : f.end].strip("“”") for f in items]
    for fact, clause in zip(items, clauses, strict=True):
        label = next(label for label in breakdown if label in clause.replace("”", ""))
        assert fact.value == breakdown[label]
    assert sum(fact.value for fact in items if fact.value is not None) == 744
    assert {fact.period for fact in items} == {"year"}


def test_no_false_fact_among_those_that_the_traps_name() -> None:
    assert [f.value for f in facts("001", "n.fee_cny")] == [0]
    assert {f.value: f.period for f in facts("001", "n.proactive.weibo")} == {
        1356: "year",
        2900: "cumulative",
    }
    assert facts("000", "n.evaluation")[0].period == "prior_year"
    assert not facts("001", "n.decisions.licensing")
    assert not facts("002", "n.press_conferences")
    assert not [f for id_ in ("n.reconsideration", "n.litigation") for f in facts("003", id_)]
    assert not facts("003", "n.training_sessions")
    assert len(facts("003", "n.proactive_total")) == 1
    assert {f.period for f in facts("002", "n.proactive_total")} == {"year"}


def test_followers_at_the_beginning_and_at_the_end_of_the_year_are_told_apart() -> None:
    found = {f.value: f.period for f in facts("003", "n.followers.wechat")}

    assert found == {25000: "year_start", 120000: "as_of"}


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_figure_of_every_fact_stands_at_its_place_in_the_stored_section(number: str) -> None:
    texts = {section.id: section.text for section in read(number).sections}
    for fact in read(number).facts:
        clause = "".join(texts[fact.section][fact.start : fact.end].split())
        assert fact.raw.split("…")[0] in clause

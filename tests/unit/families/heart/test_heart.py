"""Three explanations for parents: the same for everybody, computed beforehand, promising nothing."""

import json
import re
import subprocess
import sys
from importlib.resources import files

import pytest
from django.test import Client

from cordula_web.families.heart.computed import computed
from cordula_web.families.heart.told import MOST_FLOW, WIDTH, told

ADDRESS = "/aid/en/heart"


@pytest.fixture
def page(db) -> str:
    return Client().get(ADDRESS).content.decode()


def leaves(value, path=""):
    if isinstance(value, dict):
        return {
            k: v for name, one in value.items() for k, v in leaves(one, f"{path}/{name}").items()
        }
    if isinstance(value, list):
        return {k: v for i, one in enumerate(value) for k, v in leaves(one, f"{path}/{i}").items()}
    return {path: value}


def test_the_numbers_of_the_file_are_those_the_model_gives():
    text = (files("cordula_web.families.heart") / "model.json").read_text(encoding="utf-8")
    written, again = leaves(json.loads(text)), leaves(computed())

    assert written.keys() == again.keys()
    for name, value in written.items():
        assert again[name] == (
            value if isinstance(value, str) else pytest.approx(value, rel=2e-3)
        ), name


def test_anybody_reads_three_explanations_without_a_cookie_or_a_form(db):
    answer = Client().get(ADDRESS)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert not answer.cookies
    assert len(re.findall(r'<h2 id="(operations|oxygen|fraction)"', page)) == 3
    assert not re.search(r"<(form|input|select|script)\b", page)


def test_it_says_that_it_is_a_model_and_no_forecast(page):
    assert "not from your child" in page
    assert "not a forecast" in page
    assert "does not say how a child feels, or what will become of a child" in page


def test_the_two_ways_to_one_number_are_shown_with_opposite_flows():
    same = told().same

    assert same.leaking.width < same.before.width < same.stronger.width


def test_bars_are_as_long_as_their_flows():
    for stage in told().stages:
        for bar in (stage.body, stage.lungs):
            assert bar.width == pytest.approx(float(bar.flow) / MOST_FLOW * WIDTH, abs=7)
            assert bar.width <= WIDTH


def test_every_explanation_names_its_source(page):
    for section in page.split("<section")[1:4]:
        assert 'class="src"' in section


@pytest.mark.parametrize(
    "word", ["safe", "cure", "repair", "benefit", "survive", "stem cell", "heal"]
)
def test_no_word_promises_anything(page, word):
    assert word not in page.split("<main")[1].lower()


def test_the_page_of_choices_leads_there_and_it_leads_back(page):
    aid = Client().get("/aid/en/cord-blood").content.decode()
    at_the_results = aid.split('aria-labelledby="largest"')[1].split("</section>")[0]

    assert f'href="{ADDRESS}"' in at_the_results
    assert aid.count(f'href="{ADDRESS}"') == 2
    assert 'href="/aid/en/cord-blood"' in page.split("<main")[1]


def test_a_language_there_is_not_is_not_found(db):
    assert Client().get("/aid/xx/heart").status_code == 404


def test_a_parent_never_waits_for_the_model():
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'cordula_web.config.settings'\n"
        "import django; django.setup()\n"
        "from cordula_web.families.heart import views, told; told.told()\n"
        "print('cordula.heart' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip().splitlines()[-1] == "False"

"""Numbers in, loops and four stories out; nothing kept, nothing foretold."""

import re
import subprocess
import sys

import pytest

from cordula_web.records.models import Entry
from tests import cast, site

pytestmark = pytest.mark.django_db
CHILD = {"circuit": "norwood-bts", "weight": "5.6", "points": "5"}
READ = {
    "ejection_fraction": "42",
    "end_diastolic_volume": "27",
    "mean_arterial_pressure": "58",
    "flow_ratio": "1.2",
    "arterial_saturation": "73",
}


@pytest.fixture
def hospital(db):
    site.people_the_site()


@pytest.fixture
def asked(hospital):
    """The page for what was typed: its status, and its text without the pictures."""

    def ask(**typed: str) -> tuple[int, str]:
        answer = site.browser(cast.SURGEON).post("/circulation", {**CHILD, **typed})
        return answer.status_code, re.sub(r'src="data:[^"]+"', 'src=""', answer.content.decode())

    return ask


def test_the_page_opens_with_a_form_and_says_what_it_is_not(hospital):
    page = site.browser(cast.SURGEON).get("/circulation").content.decode()

    assert "not this child’s future" in page
    assert page.count("<h1>") == 1
    assert "<article" not in page


def test_four_stories_are_told_and_one_is_a_false_gain(asked):
    status, page = asked()

    assert status == 200
    assert page.count("<article") == 4
    assert page.count("A false gain") == 1
    assert page.index("A false gain") > page.index("An inlet valve that leaks more")


def test_each_picture_has_its_words_and_a_table_beside_it(asked):
    _, page = asked(**READ)

    assert page.count("<img") == 5
    assert page.count('alt="Pressure–volume loop') == 5
    assert page.count("<table") >= 10


def test_numbers_stand_with_band_and_source(asked):
    _, page = asked(**READ)

    assert "90% band" in page
    assert "mixing: Barnea 1994" in page
    assert "J Am Coll Cardiol 24:1420" in page
    assert "5 points for a single reading" in page


def test_what_the_numbers_cannot_tell_is_said(asked):
    page = asked(**READ)[1]

    assert "What these numbers cannot tell" in page
    assert "is still not known" in page


def test_numbers_that_cannot_be_are_refused_and_kept_in_their_fields(asked):
    status, page = asked(ejection_fraction="142")

    assert status == 422
    assert "142 % cannot be" in page
    assert 'value="142"' in page
    assert "<article" not in page


def test_numbers_no_circulation_fits_are_said_to_have_no_answer(asked):
    status, page = asked(
        cardiac_output="11",
        arterial_saturation="31",
        venous_saturation="6",
        mean_arterial_pressure="160",
    )

    assert status in (200, 422)
    assert "was found" in page or "The reading, its spread or the model is wrong" in page


@pytest.mark.parametrize("word", ["safe", "cure", "repair", "benefit", "will survive", "prognosis"])
def test_no_word_promises_anything(asked, word):
    told = asked(**READ)[1].split("<main")[1].lower()

    assert word not in told


def test_nothing_is_written_to_the_record(asked):
    asked(**READ)

    assert Entry.objects.count() == 0


def test_who_does_not_see_children_does_not_see_the_page(hospital):
    assert site.browser(cast.TECHNOLOGIST, "technologist").get("/circulation").status_code in (
        403,
        404,
    )


def test_a_site_that_starts_does_not_load_the_numerics():
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'cordula_web.config.settings'\n"
        "import django; django.setup()\n"
        "import cordula_web.clinic.circulation.views\n"
        "print(sorted({'numba', 'scipy', 'matplotlib', 'dask'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip().splitlines()[-1] == "[]"

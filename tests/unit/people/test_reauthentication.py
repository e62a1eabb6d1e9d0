"""A signature is checked in its own form; the view below stands for any page that asks for one."""

import pytest
from allauth.account.middleware import AccountMiddleware
from django import forms
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory

from cordula_web.people.reauthentication import SigningForm
from cordula_web.people.roles import MedicalDirector
from tests.unit.people.codes import PASSWORD, code_of, give_app


class ReleaseForm(SigningForm):
    reason = forms.CharField(required=False)


@pytest.fixture
def holm(st_brigid, person):
    return person("holm", st_brigid, MedicalDirector, password=PASSWORD)


@pytest.fixture
def sign(holm):
    """Signs in one session after another POST; gives the form that checked it."""
    session = SessionStore()

    def post(**data: str) -> ReleaseForm:
        request = RequestFactory().post("/unit/release", data)
        request.user, request.session = holm, session
        checked: list[ReleaseForm] = []

        def view(request):
            form = ReleaseForm(request, request.POST)
            form.is_valid()
            checked.append(form)
            return HttpResponse()

        AccountMiddleware(view)(request)
        return checked[0]

    return post


def test_the_first_signature_takes_password_and_code(holm, sign):
    secret = give_app(holm)

    assert sign(password=PASSWORD, code=code_of(secret)).is_valid()


@pytest.mark.parametrize("code", ["", "000000", "not a code"])
def test_the_first_signature_is_refused_without_the_right_code(holm, sign, code):
    give_app(holm)

    form = sign(password=PASSWORD, code=code)

    assert list(form.errors) == ["code"]


def test_the_code_alone_does_not_sign(holm, sign):
    secret = give_app(holm)

    form = sign(password="somebody else's", code=code_of(secret))

    assert form.errors["password"] == ["This is not your password."]


def test_later_signatures_of_the_session_take_the_password(holm, sign):
    secret = give_app(holm)
    sign(password=PASSWORD, code=code_of(secret))

    assert sign(password=PASSWORD).is_valid()
    assert not sign(password="wrong").is_valid()
    assert "code" not in sign(password=PASSWORD).fields


def test_a_refused_first_signature_does_not_count_as_one(holm, sign):
    give_app(holm)
    sign(password=PASSWORD, code="000000")

    assert not sign(password=PASSWORD).is_valid()


def test_nobody_signs_without_a_second_factor(sign):
    form = sign(password=PASSWORD)

    assert form.non_field_errors() == ["You cannot sign before you have set up a second factor."]


def test_practice_may_sign_with_the_password_alone(sign, st_brigid, settings):
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True
    st_brigid.practice = True
    st_brigid.save()

    form = sign(password=PASSWORD)

    assert form.is_valid()
    assert "code" not in form.fields


def test_in_practice_somebody_who_has_a_second_factor_is_asked_for_it(
    holm, sign, st_brigid, settings
):
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True
    st_brigid.practice = True
    st_brigid.save()
    give_app(holm)

    assert not sign(password=PASSWORD).is_valid()


def test_the_components_come_after_the_fields_of_the_page(sign):
    assert list(sign().fields) == ["reason", "password", "code", "credential"]


def test_guessing_is_stopped_also_for_the_right_password(holm, sign):
    give_app(holm)
    for _ in range(5):
        sign(password="guess")

    form = sign(password=PASSWORD)

    assert not form.is_valid()
    assert "Too many attempts" in str(form.errors)

from contextvars import copy_context

from cordula.vocabulary.words import _, activate, deactivate, language, ngettext


def test_without_a_translation_the_english_sentence_stands() -> None:
    token = activate("qq")
    try:
        assert _("Not recorded yet.") == "Not recorded yet."
        assert ngettext("{count} parent", "{count} parents", 2) == "{count} parents"
    finally:
        deactivate(token)


def test_a_language_is_left_as_it_was_found() -> None:
    before = language()
    token = activate("sv")
    assert language() == "sv"
    deactivate(token)
    assert language() == before


def test_one_context_never_changes_the_language_of_another() -> None:
    copy_context().run(activate, "sv")
    assert language() == "en"

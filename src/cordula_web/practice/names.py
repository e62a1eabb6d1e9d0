"""Names for children who do not exist."""

from random import Random

FAMILIES = [
    "Haddad",
    "Okonkwo",
    "Lindgren",
    "Moreau",
    "Tanaka",
    "Alvarez",
    "Petrov",
    "Nkosi",
    "Schmid",
    "Rossi",
    "Kowalska",
    "Iyer",
    "Nguyen",
    "Haugen",
    "Demir",
    "Costa",
    "Novak",
    "Byrne",
    "Farouk",
    "Sato",
    "Mbeki",
    "Larsen",
    "Dubois",
    "Weber",
    "Silva",
    "Horvat",
    "Yilmaz",
    "Aziz",
    "Berg",
    "Chen",
]
GIRLS = [
    "Lina",
    "Noor",
    "Ada",
    "Mei",
    "Ines",
    "Freya",
    "Zola",
    "Anja",
    "Leila",
    "Clara",
    "Yuki",
    "Amara",
    "Eva",
    "Sana",
    "Nina",
    "Ruth",
    "Ida",
    "Tara",
    "Maya",
    "Elif",
]
BOYS = [
    "Jonas",
    "Omar",
    "Leo",
    "Kenji",
    "Mateo",
    "Emil",
    "Kofi",
    "Luca",
    "Ivan",
    "Sami",
    "Finn",
    "Arun",
    "Noah",
    "Tariq",
    "Jan",
    "Elias",
    "Hugo",
    "Bao",
    "Idris",
    "Ole",
]


def invented_name(number: int, sex: str) -> tuple[str, str]:
    """A family name and a given name; the first child is always Lina Haddad."""
    if number == 0:
        return "Haddad", "Lina"
    chance = Random(f"name:{number}")  # noqa: S311  practice, not secrecy
    return chance.choice(FAMILIES), chance.choice(GIRLS if sex == "female" else BOYS)

"""How was this product collected, and for whom? The sixth character of a product code (ST-001 table 7).

The meanings are in our words; a letter that is missing here is read and has no meaning, never a guessed one.
"""

COLLECTION_TYPES = {
    "0": "not specified",
    "V": "volunteer donor, allogeneic",
    "R": "volunteer donor, research only, not for human use",
    "S": "volunteer donor, source material",
    "T": "volunteer, therapeutic collection",
    "P": "paid donor, allogeneic",
    "r": "paid donor, research only, not for human use",
    "s": "paid donor, source material",
    "A": "autologous, may be crossed over to others",
    "1": "autologous use only",
    "X": "autologous use only, biohazard",
    "D": "directed, volunteer, may be crossed over to others",
    "d": "directed, paid, may be crossed over to others",
    "2": "directed recipient only",
    "L": "directed recipient only, limited exposure",
    "3": "directed recipient only, biohazard",
    "E": "medical exception, for a specified recipient only, allogeneic",
    "Q": "see the special testing bar code",
    "4": "designated",
    "5": "dedicated",
    "6": "designated, biohazard",
    "F": "reserved for the family",
    "C": "replacement",
    "7": "allogeneic use",
    "8": "autologous use, contains allogeneic material",
    "B": "directed, dedicated or designated use only",
    "H": "directed, dedicated or designated, biohazard",
    "J": "directed, dedicated or designated, may be crossed over to others",
    "G": "emergency use only",
}

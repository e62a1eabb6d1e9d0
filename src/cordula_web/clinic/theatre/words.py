"""Which reasons, sites and conditions can be chosen in theatre, and how are they said?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cordula.vocabulary.cardiac import routes
from cordula_web.people.areas import Words

# Where cells are given, by route.
ROUTES_SITES: Mapping[str, Mapping[str, Words]] = {
    "intramyocardial": {
        "right_ventricle": _("Right ventricle"),
        "right_ventricle_front": _("Right ventricle, front wall"),
        "right_ventricle_side": _("Right ventricle, side wall"),
        "right_ventricle_underside": _("Right ventricle, underside"),
        "left_ventricle": _("Left ventricle"),
    },
    "intracoronary": {
        "right_coronary_artery": _("Right coronary artery"),
        "left_coronary_artery": _("Left coronary artery"),
        "aortic_root": _("Root of the aorta"),
    },
    "intravenous": {
        "central_vein": _("Central vein"),
        "peripheral_vein": _("Vein of arm or leg"),
    },
    "via_bypass": {"bypass_circuit": _("Heart-lung machine")},
}

CONDITIONS: Mapping[str, Words] = {
    "good": _("Good"),
    "damaged": _("Damaged"),
    "leaking": _("Leaking"),
    "warmed": _("Too warm"),
}


def route_words(route: str) -> str:
    return routes()[route].label if route in routes() else route.replace("_", " ")


def site_words(site: str) -> str:
    for sites in ROUTES_SITES.values():
        if site in sites:
            return str(sites[site])
    return site.replace("_", " ").capitalize()

"""What does this installation of the site need to be told? Everything here is code or environment; nothing is a secret."""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from platformdirs import user_data_path

from cordula_web.config import logs

ROOT = Path(__file__).resolve().parents[3]


def _yes(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "yes", "true"}


# --- Who may reach it -------------------------------------------------------------------------

DEBUG = _yes("CORDULA_DEBUG")
HTTPS = _yes("CORDULA_HTTPS")
ALLOWED_HOSTS = os.environ.get("CORDULA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# Without a key of its own each process draws one, and everybody signs in again after a restart.
SECRET_KEY = os.environ.get("CORDULA_SECRET_KEY") or secrets.token_urlsafe(50)

# --- What it is made of -----------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "cordula_web.frame",
    # Before allauth, so that its pages are drawn by our templates.
    "cordula_web.people",
    "cordula_web.records",
    "cordula_web.today",
    "cordula_web.collection",
    "cordula_web.clinic",
    "cordula_web.laboratory",
    "cordula_web.trial_office",
    "cordula_web.families",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "cordula_web.config.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cordula_web.frame.security.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cordula_web.people.session_age.SessionAge",
    "allauth.account.middleware.AccountMiddleware",
    "cordula_web.people.deny_by_default.DenyByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cordula_web.config.urls"
WSGI_APPLICATION = "cordula_web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "cordula_web.frame.templatetags.display",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cordula_web.frame.context.page",
                "cordula_web.people.context.reader",
            ],
        },
    }
]

# --- Where it keeps things --------------------------------------------------------------------

# No default here: without an address the showcase still works, and nothing else does.
DATABASES = (
    {"default": dj_database_url.config(conn_max_age=600, conn_health_checks=True)}
    if "DATABASE_URL" in os.environ
    else {}
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- What is written to the log ---------------------------------------------------------------

LOGGING = logs.LOGGING
logs.configure()

# --- Words, dates and the site's clock --------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [ROOT / "src" / "cordula_web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("CORDULA_TIME_ZONE", "UTC")
# A practice site says so on every page and every label.
PRACTICE = _yes("CORDULA_PRACTICE")
# The showcase draws every part of the pages in every state, from invented data, without a database.
SHOWCASE = DEBUG or _yes("CORDULA_SHOWCASE")

# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("CORDULA_STATIC_ROOT", ROOT / "staticfiles"))
STATICFILES_DIRS = [
    ("fonts/plex", ROOT / "node_modules/@fontsource-variable/ibm-plex-sans/files"),
    ("fonts/atkinson", ROOT / "node_modules/@fontsource/atkinson-hyperlegible-mono/files"),
]
# Where `collectstatic` has run, files carry the hash of their content in their name.
_collected = (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not _collected

# --- What a browser may do with a page (interface 4.3) ----------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # A __Host- cookie is bound to this very host, to https and to the whole path.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Who is it? Accounts, sign-in, second factor, sessions (the room `people`) -----------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "printed_name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

# A person may not have done anything for this long, or be in one session for that long.
SESSION_IDLE_S = 30 * 60
SESSION_WHOLE_S = SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_SESSION_REMEMBER = False

# There is no open sign-up: the adapter refuses it, and a site administrator creates accounts.
ACCOUNT_ADAPTER = "cordula_web.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "cordula_web.people.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "20/15m/ip,5/15m/key"}
# allauth counts sign-in attempts and used one-time codes here, for all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

MFA_ADAPTER = "cordula_web.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A passkey is bound to an https origin; only a browser on this very machine may do without.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Cordula"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Accounts of practice sites may sign in and sign without a second factor, and every page says so.
PRACTICE_WITHOUT_SECOND_FACTOR = _yes("CORDULA_PRACTICE_WITHOUT_SECOND_FACTOR")

# The key that names and free text are encrypted under. It stands outside the database and its backups.
SITE_KEY_FILE = Path(
    os.environ.get("CORDULA_SITE_KEY_FILE") or user_data_path("cordula") / "keys" / "site.key"
)
# The ledger's name, which is written into every entry, and the folder with its signing key and with what
# it signed. The folder stands outside the database and its backups (ledger 2.4).
CORDULA_ORIGIN = os.environ.get("CORDULA_ORIGIN", "cordula.local/ledger")
CORDULA_KEYS = Path(os.environ.get("CORDULA_KEYS") or user_data_path("cordula") / "keys")
# Where a site keeps protocols of its own, and published ones whose open numbers it filled in.
CORDULA_PROTOCOLS = Path(
    os.environ.get("CORDULA_PROTOCOLS") or user_data_path("cordula") / "protocols"
)
# Where simulations that were started from the trial office keep what they found.
CORDULA_SIMULATIONS = Path(
    os.environ.get("CORDULA_SIMULATIONS") or user_data_path("cordula") / "simulations"
)
# The label printer, as host:port; without one, labels are printed from the page.
CORDULA_LABEL_PRINTER = os.environ.get("CORDULA_LABEL_PRINTER", "")
# The facility number (FIN) under which this site allocates chains of identity. Practice has one of its own.
CORDULA_FACILITY = os.environ.get("CORDULA_FACILITY", "")
# A country's own part of the parents' page: prices, law, banks, who paid for it, and who has tried it.
CORDULA_AID_SITE = (
    Path(os.environ["CORDULA_AID_SITE"]) if os.environ.get("CORDULA_AID_SITE") else None
)

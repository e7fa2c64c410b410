"""Every setting in one file, in sections, driven by the environment.

`NAME_FILE` is read wherever `NAME` is (Docker secrets). There is no dev/prod split: the
environment is the split. Every variable is explained in `.env.example`.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

# --- Security -----------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
HTTPS = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kernel.errors.csrf_failure"
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The installation's Ed25519 seed (base64 of 32 bytes): it signs every signature row.
SERVER_SIGNING_KEY = env.str("SERVER_SIGNING_KEY")
# The seed before this one: only the command change_key reads it, once.
SERVER_SIGNING_KEY_BEFORE = env.str("SERVER_SIGNING_KEY_BEFORE", default="")

# --- Apps ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "kernel",
    "playbook",
    "journal",
    "people",
    "workforce",
    "initiatives",
    "governance",
]
MIDDLEWARE = [
    "kernel.middleware.RequestNumberMiddleware",
    "kernel.middleware.UnreadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kernel.middleware.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.AuthorityMiddleware",
    "kernel.middleware.ZoneMiddleware",
    "kernel.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.frame",
            ],
            # Named here and not as an app: template_partials.apps would load Django's admin.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            # Spared in every template: {% load partials say draw terms %}.
            "builtins": [
                "template_partials.templatetags.partials",
                "kernel.templatetags.say",
                "kernel.templatetags.draw",
                "playbook.templatetags.terms",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database -----------------------------------------------------------------------------
_database = env.db("DATABASE_URL")
SESSION = " ".join(
    f"-c {setting}"
    for setting in (
        # Whoever waits for a row this long is told that somebody else holds it (409).
        "lock_timeout=10s",
        # What is prepared is planned once (kernel/prepared.py), not again for each value.
        "plan_cache_mode=force_generic_plan",
        # Disks of today read here and there about as fast as in a row.
        "random_page_cost=1.1",
    )
)
DATABASES = {
    "default": {
        **_database,
        "OPTIONS": {"options": SESSION, **_database.get("OPTIONS", {})},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}
# Runtime role that migrations grant rights to; the owner migrates (see docs/running.md).
RUNTIME_ROLE = env.str("RUNTIME_ROLE", default="")

# Where checkpoints of the journal are kept outside the database: file:/path, folder:/path.
CHECKPOINT_PLACES = env.list("CHECKPOINT_PLACES", default=[])

# --- People -------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
FOUNDING_URL = "/found/"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
# allauth signs people in; its pages are mounted one by one in people/urls.py. Tries are counted
# by people.operations.throttles alone, so that they are exact under races and journalled.
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"login": "people.forms.identity.SignInForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
MFA_ADAPTER = "people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Counterpart"

# --- Queue and cache ----------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
CELERY_BROKER_URL = REDIS_URL

# --- Mail ---------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", default=str(BASE_DIR / "var" / "mail"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="counterpart@localhost")

# --- Files --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
PLAYBOOK_ROOT = Path(env.str("PLAYBOOK_ROOT", default=str(BASE_DIR / "playbook")))
EVIDENCE_ROOT = Path(env.str("EVIDENCE_ROOT", default=str(BASE_DIR / "var" / "evidence")))
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
CLAMD_URL = env.str("CLAMD_URL", default="")
# Of each link that is added as evidence the worker keeps a copy.
CAPTURE_LINKS = env.bool("CAPTURE_LINKS", default=True)
CAPTURE_MAX_BYTES = min(env.int("CAPTURE_MAX_BYTES", default=10 * 1024 * 1024), EVIDENCE_MAX_BYTES)
# Ports that may be asked, and hosts that may lie in a private network.
OUTBOUND_PORTS = env.list("OUTBOUND_PORTS", cast=int, default=[80, 443])
OUTBOUND_INSIDE_HOSTS = env.list("OUTBOUND_INSIDE_HOSTS", default=[])
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Words and time -----------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Logging ------------------------------------------------------------------------------
_LINES = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    # Whoever reads a log must not come in by the links of others.
    "filters": {
        "links": {
            "()": "kernel.logs.WithoutSecrets",
            "paths": ["/invitations/", "/new-password/"],
        }
    },
    "handlers": {"stderr": _LINES, "stdout": {**_LINES, "stream": "ext://sys.stdout"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # gunicorn's own handlers, set up before this, would write every address as it came.
    "loggers": {
        "gunicorn.access": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "gunicorn.error": {"handlers": ["stderr"], "propagate": False},
    },
}

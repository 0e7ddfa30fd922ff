"""Django settings. Everything an operator may choose comes through `chithi.environment`."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from chithi import environment

ENVIRON = os.environ
PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent.parent
CHITHI_HOME = environment.home(ENVIRON, PROJECT / "var")
PUBLIC_URL = environment.public_url(ENVIRON)

SECRET_KEY = environment.secret_key(ENVIRON, CHITHI_HOME)
DEBUG = environment.yes_or_no(ENVIRON, "CHITHI_DEBUG", False)
_host = PUBLIC_URL.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = [_host, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
BEHIND_PROXY = environment.yes_or_no(ENVIRON, "CHITHI_PROXY", False)
THREADS = environment.whole_number(ENVIRON, "CHITHI_THREADS", 8, 1, 64)

DATABASES = {"default": environment.database(ENVIRON, CHITHI_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "chithi.journal",
    "chithi.freshness",
    "chithi.jobs",
    "chithi.files",
    "chithi.org",
    "chithi.access",
    "chithi.registry",
    "chithi.directives",
    "chithi.following",
    "chithi.tasks",
    "chithi.duties",
    "chithi.routine",
    "chithi.dossiers",
    "chithi.imports",
    "chithi.narrative",
    "chithi.indicators",
    "chithi.calls",
    "chithi.reporting",
    "chithi.work",
    "chithi.privacy",
    "chithi.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chithi.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chithi.web.middleware.FileMiddleware",
    "chithi.web.middleware.ViewerMiddleware",
    "chithi.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "chithi.urls"
WSGI_APPLICATION = "chithi.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "chithi.web.context.frame",
            ],
            "builtins": ["chithi.web.templatetags.chithi_format"],
        },
    }
]

AUTH_USER_MODEL = "access.User"
OIDC = environment.provider(ENVIRON)
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "chithi.access.sign_in.OneTimeCodeBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]
SECOND_FACTOR = environment.one_of(ENVIRON, "CHITHI_SECOND_FACTOR", "choice", ("choice", "administrators", "all"))
OTP_TOTP_ISSUER = "chithi"
MAILING = environment.mailing(ENVIRON)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAILING else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 20  # seconds; a letter must be gone long before its lease is over (chithi.jobs.rules)
if MAILING:
    EMAIL_HOST, EMAIL_PORT = MAILING.host, MAILING.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAILING.user, MAILING.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAILING.security == "starttls", MAILING.security == "tls"
    DEFAULT_FROM_EMAIL = MAILING.sender
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "chithi.web.views.session.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "chithi.access.addresses.client_address"
AXES_DISABLE_ACCESS_LOG = True  # who signed in where is kept by chithi.access.sessions, and not for ever

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
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
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = environment.one_of(ENVIRON, "CHITHI_LANGUAGE", "vi", ("vi", "en"))
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "chithi_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = None  # served straight from where they stand (WHITENOISE_USE_FINDERS)
STATICFILES_DIRS = [PROJECT / "build" / "static"] if (PROJECT / "build" / "static").is_dir() else []
LETTERS = PROJECT / "build" / "letters"  # the typeface that drawings in Word are lettered with (tools/frontend.py)
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

MANUAL_ROOT = PROJECT / "build" / "site"  # made by `make docs`; served under /huong-dan/ where it is there

UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes of one uploaded document
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT + 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"chithi": {"level": "INFO"}},
}

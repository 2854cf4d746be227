SITENAME = "One fault"
SITEURL = "https://example.org"
DEFAULT_LANG = "en"
POUCH_LANGUAGES = ["en", "fr"]
POUCH_SITE_ID = "0b6f2f0e-6c0e-4c57-9a55-0f6b0e2f7c11"

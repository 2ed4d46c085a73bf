"""Hooks into Sphinx for the website alone: other builders, the EPUB's among them, write pages of HTML as well."""


def is_website(app):
    """Say whether what is built is the website."""
    return app.builder.name == "html"


def on_website(app, event, hook, priority=500):
    """Call `hook` at an event of Sphinx's, where the website is built."""
    app.connect(event, lambda app, *given: hook(app, *given) if is_website(app) else None, priority=priority)


def when_built(app, hook, priority=500):
    """Call `hook` with the application when the website is built, unless that has failed."""
    on_website(app, "build-finished", lambda app, exception: None if exception else hook(app), priority)


def add_to_head(context, *lines):
    """Add lines to the head of a page."""
    context["metatags"] = context.get("metatags", "") + "".join(f"{line}\n" for line in lines)

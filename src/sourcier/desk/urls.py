"""Addresses: readers' at the root, editors' under ``desk/``."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from sourcier.desk import assets
from sourcier.desk.people.urls import ACCOUNT
from sourcier.desk.programs.api import api as programs
from sourcier.desk.readers import embeds, views
from sourcier.desk.readers.api import api
from sourcier.desk.screens.entry import (
    acting,
    editing,
    keeping,
    past,
    pictures,
    recapping,
    sharing,
    waiting,
    writing,
)
from sourcier.desk.screens.managing import (
    background,
    journal,
    members,
    notices,
    people,
    rules,
    stories,
    tokens,
)
from sourcier.desk.screens.wall import filters, searching, walls

_DESK: list[URLPattern | URLResolver] = [
    path("", editing.home, name="desk-home"),
    path("account/", include(ACCOUNT)),
    path("assets/<str:digest>/<str:name>", assets.asset, name="desk-asset"),
    path("tokens", tokens.tokens, name="desk-tokens"),
    path("people/", people.people, name="desk-people"),
    path("people/journal", journal.of_none, name="desk-journal-all"),
    path("people/roles", members.everywhere, name="desk-members-all"),
    path("cards", background.cards, name="desk-cards"),
    path("cards/<slug:key>", background.card, name="desk-card"),
    path("cards/<slug:key>/merge", background.merge, name="desk-card-merge"),
    path("stories", stories.stories, name="desk-stories"),
    path("<slug:slug>/story", stories.story, name="desk-story"),
    path("<slug:slug>/archive.zip", stories.archive, name="desk-archive"),
    path("<slug:slug>/people", members.of_story, name="desk-members"),
    path("<slug:slug>/", editing.desk, name="desk"),
    path("<slug:slug>/wall", editing.wall, name="desk-wall"),
    path("<slug:slug>/overhead", editing.overhead, name="desk-overhead"),
    path("<slug:slug>/wall/seen", walls.seen, name="desk-seen"),
    path("<slug:slug>/wall/filters", filters.filters, name="desk-filters"),
    path("<slug:slug>/proof", editing.proof, name="desk-proof"),
    path("<slug:slug>/journal", journal.of_story, name="desk-journal"),
    path("<slug:slug>/rules", rules.rules, name="desk-rules"),
    path("<slug:slug>/notices", notices.notices, name="desk-notices"),
    path("<slug:slug>/upload", pictures.upload, name="desk-upload"),
    path("<slug:slug>/media/<str:name>", pictures.picture, name="desk-picture"),
    path("<slug:slug>/recap", recapping.propose, name="desk-recap"),
    path("<slug:slug>/rewrite", writing.rewrite, name="desk-rewrite"),
    path("<slug:slug>/here", keeping.here, name="desk-here"),
    path("<slug:slug>/keep", keeping.keep, name="desk-keep"),
    path("<slug:slug>/lock", keeping.lock, name="desk-lock"),
    path("<slug:slug>/discard", keeping.discard, name="desk-discard"),
    path("<slug:slug>/merge", keeping.merge, name="desk-merge"),
    path("<slug:slug>/search", searching.find, name="desk-search"),
    path("<slug:slug>/waiting", waiting.waiting, name="desk-waiting"),
    path("<slug:slug>/history/<str:key>", past.history, name="desk-history"),
    path("<slug:slug>/bring", sharing.bring, name="desk-bring"),
    path("<slug:slug>/insert/<slug:key>", background.insert, name="desk-insert"),
    path("<slug:slug>/renew/<slug:key>", background.renew, name="desk-renew"),
    path("<slug:slug>/anew/<str:key>", sharing.take_anew, name="desk-anew"),
    path("<slug:slug>/restore/<str:key>", past.restore, name="desk-restore"),
    path("<slug:slug>/act", acting.act, name="desk-act"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", include(_DESK)),
    path("api", RedirectView.as_view(url="/api/")),
    path("api/desk/", programs.urls),
    path("api/", api.urls),
    path("embed.js", embeds.component, name="component"),
    path("oembed", embeds.oembed_answer, name="oembed"),
    path("<slug:slug>/embed", embeds.embed, name="embed"),
    path("<slug:slug>/e/<str:key>/embed", embeds.embed, name="embed-entry"),
    path("<slug:slug>/", views.story_page, name="story"),
    path("<slug:slug>/claims.jsonl", views.claims, name="claims"),
    path("<slug:slug>/live.json", views.live_pointer, name="pointer"),
    path("<slug:slug>/map", views.story_map, name="map"),
    path("<slug:slug>/cap/<str:key>.xml", views.cap_file, name="cap"),
    path("<slug:slug>/media/<str:name>", views.picture, name="picture"),
    path("<slug:slug>/<str:name>", views.story_file, name="file"),
    path("<slug:slug>/e/<str:key>", views.entry_page, name="entry"),
]
handler403 = "sourcier.desk.screens.refusals.refused"
handler404 = "sourcier.desk.screens.refusals.not_found"
handler429 = "sourcier.desk.screens.refusals.too_many"

"""One invented story in the layouts of ten publishing systems, each with its own way to declare it."""

from __future__ import annotations

import json

TITLE = "La Sereine en crue : deux morts à Brumeval"
PARAGRAPHS = (
    (
        "La Sereine est sortie de son lit dans la nuit de jeudi à vendredi à Brumeval, a annoncé la"
        " préfecture du département peu avant l'aube, après trois jours de pluies sur tout le bassin."
    ),
    (
        "Deux personnes sont mortes et sept autres ont été blessées, selon un bilan provisoire communiqué par"
        " les secours, qui poursuivent leurs recherches dans les quartiers bas de la commune."
    ),
    (
        "Le pont de la gare est fermé à la circulation jusqu'à nouvel ordre, et les écoles resteront closes,"
        " a précisé la maire dans la matinée devant les habitants réunis au gymnase."
    ),
)
P = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
AT, EDITED = "2024-11-22T07:05:00+01:00", "2024-11-22T08:40:00+01:00"
URL = "https://fanal.example/crue"
MENU = "<nav><ul><li><a href='/'>Accueil</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
FOOT = "<footer><p>Tous droits réservés</p><a href='/cgu'>Mentions légales</a></footer>"
RELATED = (
    "<aside><h2>À lire aussi</h2><ul><li><a href='/x'>Le marché de Noël ouvre</a></li></ul></aside>"
)


def ld(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes[0] if len(nodes) == 1 else nodes)}</script>'


def page(head: str, body: str, language: str = ' lang="fr-FR"') -> bytes:
    return (
        f"<!doctype html><html{language}><head><meta charset='utf-8'><title>{TITLE} - Le Fanal</title>"
        f"<meta property='og:title' content='{TITLE}'>{head}</head><body>{MENU}{body}{FOOT}</body></html>"
    ).encode()


TIMES = (
    f"<meta property='article:published_time' content='{AT}'>"
    f"<meta property='article:modified_time' content='{EDITED}'>"
)
OTHER = {
    "@type": "NewsArticle",
    "url": "https://fanal.example/marche",
    "headline": "Le marché de Noël ouvre",
    "datePublished": "2020-01-01T00:00:00Z",
    "author": {"@type": "Person", "name": "Léo Autre"},
}
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "mainEntityOfPage": {"@type": "WebPage", "@id": URL},
    "headline": TITLE,
    "datePublished": AT,
    "dateModified": EDITED,
    "author": [{"@type": "Person", "name": "Ada Ruel"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "Le Fanal"},
}
YOAST = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "@id": "https://fanal.example/#website", "inLanguage": "fr-FR"},
        {"@type": "ItemList", "itemListElement": [{"item": OTHER}]},
        ARTICLE | {"@id": URL + "#article", "author": {"@id": "https://fanal.example/#/person/1"}},
        {"@type": "Person", "@id": "https://fanal.example/#/person/1", "name": "Ada Ruel"},
    ],
}
BODY = "\n\n".join(PARAGRAPHS)

LAYOUTS: dict[str, bytes] = {
    "wordpress": page(
        ld(YOAST) + TIMES,
        f"<main><article class='post type-post hentry'><h1 class='entry-title'>{TITLE}</h1>"
        f"<div class='entry-content'>{P}</div></article></main><div id='secondary'>{RELATED}</div>",
    ),
    "drupal": page(
        f"<meta name='dcterms.date' content='{AT}'><meta name='dcterms.modified' content='{EDITED}'>"
        "<meta name='author' content='Ada Ruel'>",
        f"<main><div class='region region-content'><article class='node node--type-article'><h1>{TITLE}</h1>"
        f"<div class='field field--name-body field--type-text-with-summary'>{P}</div></article></div></main>",
    ),
    "arc": page(
        ld(ARTICLE, OTHER),
        f"<div id='fusion-app'><main class='article-container'><h1 class='headline'>{TITLE}</h1>"
        f"<article class='article-body-wrapper'>{P}</article></main>{RELATED}</div>"
        "<script id='fusion-metadata'>window.Fusion={};</script>",
    ),
    "brightspot": page(
        ld(OTHER) + ld(ARTICLE),
        f"<bsp-page class='ArticlePage'><div class='ArticlePage-mainContent'><h1>{TITLE}</h1><div"
        f" class='RichTextStoryBody RichTextBody'>{P}</div></div></bsp-page>{RELATED}",
    ),
    "ghost": page(
        TIMES + ld({**ARTICLE, "@type": "Article", "mainEntityOfPage": URL}),
        f"<main><article class='gh-article post'><h1 class='gh-article-title'>{TITLE}</h1>"
        f"<section class='gh-content gh-canvas'>{P}</section></article></main>",
    ),
    "blogger": page(
        "<meta name='author' content='Ada Ruel'>",
        "<div class='post hentry' itemscope itemtype='http://schema.org/BlogPosting'><h3 class='post-title'"
        f" itemprop='name'>{TITLE}</h3><meta itemprop='datePublished' content='{AT}'><meta"
        f" itemprop='dateModified' content='{EDITED}'><div class='post-body entry-content'"
        f" itemprop='articleBody'>{'<br/><br/>'.join(PARAGRAPHS)}</div></div>",
    ),
    "joomla": page(
        "<meta name='author' content='Ada Ruel'><meta name='generator' content='Joomla!'>",
        "<div class='com-content-article item-page' itemscope itemtype='https://schema.org/Article'>"
        f"<h1 itemprop='headline'>{TITLE}</h1><dl class='article-info'><dd><time datetime='{AT}'"
        f" itemprop='datePublished'>22 novembre</time></dd><dd><time datetime='{EDITED}'"
        f" itemprop='dateModified'>22 novembre</time></dd></dl><div itemprop='articleBody'"
        f" class='com-content-article__body'>{P}</div></div>",
    ),
    "typo3": page(
        f"<meta name='author' content='Ada Ruel'><meta name='date' content='{AT}'>"
        f"<meta name='last-modified' content='{EDITED}'>",
        f"<div class='news news-single'><div class='article'><div class='header'><h1>{TITLE}</h1></div>"
        f"<div class='news-text-wrap'>{P}</div></div></div>",
    ),
    "squarespace": page(
        ld(ARTICLE | {"author": "Ada Ruel", "@context": "http://schema.org"}),
        f"<main id='page'><article class='h-entry'><h1 class='entry-title'>{TITLE}</h1><div class='sqs-layout"
        f"'><div class='sqs-block html-block'><div class='sqs-block-content'>{P}</div></div></div></article>"
        "</main>",
    ),
    "spa": page(
        ld(ARTICLE | {"articleBody": BODY, "inLanguage": "fr"}).replace("</script>", ";</script>"),
        "<div id='root'></div><script>window.__STATE__={}</script>",
        "",
    ),
}

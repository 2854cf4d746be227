/*
 * /subscribe/ with JavaScript: what the reader ticks becomes a list of addresses and an OPML file.
 * Without it, the page is a list of links. Nothing leaves the browser.
 */
import "./js/filter.js";

(() => {

  var form = document.querySelector(".subscribe");
  var list = form && form.querySelector(".subscribe__addresses");
  var copy = form && form.querySelector('[data-take="copy"]');
  var opml = form && form.querySelector('[data-take="opml"]');
  if (!form || !list || !copy || !opml) return;

  form.querySelector(".subscribe__tools").hidden = false;
  form.querySelectorAll(".choice__box").forEach(function (box) {
    box.hidden = false;
  });

  function ticked(name) {
    return Array.from(form.querySelectorAll('input[name="' + name + '"]:checked'));
  }

  function absolute(href) {
    return new URL(href, document.baseURI).href;
  }

  /* What a box stands for is the first link beside it. */
  function feedOf(box) {
    return box.closest(".choice").querySelector("a").getAttribute("href");
  }

  /* A feed lies beside its page; in a further interface language the page lies below that language's home. */
  function pageOf(feed) {
    return form.dataset.home + feed.slice(form.dataset.root.length).replace(/[^/]*$/, "");
  }

  /* A slice without feeds of one language (a region) goes in as it is. */
  function chosen() {
    var wanted = ticked("language").map(function (box) {
      return box.value;
    });
    var feeds = [];
    ticked("feed").forEach(function (box) {
      var title = box.parentElement.textContent;
      var feed = feedOf(box);
      var has = (box.dataset.languages || "").split(" ").filter(Boolean);
      var add = function (href, language) {
        feeds.push({
          title: language ? title + " (" + language + ")" : title,
          feed: absolute(href),
          page: absolute(pageOf(feed)),
        });
      };
      if (!wanted.length || !has.length) return add(feed, "");
      wanted.forEach(function (language) {
        if (!has.includes(language)) return;
        /* The plain feed may be all in that language, which then has no other. */
        if (box.dataset.plain === language) add(feed, "");
        else add(feed.replace(/feed\.xml$/, "feed." + language + ".xml"), language);
      });
    });
    return feeds;
  }

  function written(feeds) {
    var file = document.implementation.createDocument(null, "opml", null);
    var root = file.documentElement;
    root.setAttribute("version", "2.0");
    var head = root.appendChild(file.createElement("head"));
    head.appendChild(file.createElement("title")).textContent = opml.dataset.title;
    var body = root.appendChild(file.createElement("body"));
    feeds.forEach(function (each) {
      var outline = body.appendChild(file.createElement("outline"));
      outline.setAttribute("type", "rss");
      outline.setAttribute("text", each.title);
      outline.setAttribute("title", each.title);
      outline.setAttribute("xmlUrl", each.feed);
      outline.setAttribute("htmlUrl", each.page);
    });
    return '<?xml version="1.0" encoding="utf-8"?>\n' + new XMLSerializer().serializeToString(file) + "\n";
  }

  /* Readers that take a feed by its address. */
  var READERS = {
    Feedly: function (feed) {
      return "https://feedly.com/i/subscription/feed%2F" + encodeURIComponent(feed);
    },
    Inoreader: function (feed) {
      return "https://www.inoreader.com/?add_feed=" + encodeURIComponent(feed);
    },
    NetNewsWire: function (feed) {
      return "feed:" + feed;
    },
  };
  var taken = form.querySelector(".taken");
  var none = form.querySelector(".subscribe__none");
  var preview = form.querySelector(".preview");
  var previewed = "";

  function element(name, text, parent) {
    var made = document.createElement(name);
    made.textContent = text;
    if (parent) parent.append(made, " ");
    return made;
  }

  function tell(feeds) {
    taken.replaceChildren();
    feeds.forEach(function (each) {
      var item = element("li", "", taken);
      element("span", each.title.trim(), item).className = "taken__title";
      Object.keys(READERS).forEach(function (name) {
        var link = element("a", name, item);
        link.href = READERS[name](each.feed);
        link.setAttribute("aria-label", taken.dataset.open.replace("{reader}", name) + ": " + each.title.trim());
      });
      if (taken.dataset.mail) {
        var mail = element("a", taken.dataset.byMail, item);
        mail.href = taken.dataset.mail.replace("{feed}", encodeURIComponent(each.feed));
        mail.setAttribute("aria-label", taken.dataset.byMail + ": " + each.title.trim());
      }
    });
    var lacking = ticked("feed").filter(function (box) {
      var title = box.parentElement.textContent;
      return !feeds.some(function (each) {
        return each.title.startsWith(title);
      });
    });
    none.textContent = lacking.length
      ? none.dataset.lacking.replace(
          "{names}",
          lacking
            .map(function (box) {
              return box.parentElement.textContent.trim();
            })
            .join(", "),
        )
      : feeds.length
        ? ""
        : none.dataset.nothing;
  }

  /* The three newest titles of what was ticked last. */
  function preview_of(feeds) {
    var last = feeds.length ? feeds[feeds.length - 1].feed : "";
    if (last === previewed) return;
    previewed = last;
    preview.hidden = true;
    if (!last) return;
    fetch(last)
      .then(function (answer) {
        return answer.ok ? answer.text() : "";
      })
      .then(function (text) {
        var feed = new DOMParser().parseFromString(text, "application/xml");
        var items = Array.from(feed.querySelectorAll("item > title")).slice(0, 3);
        if (last !== previewed || !feed.querySelector("channel")) return;
        var list = preview.querySelector(".preview__list");
        list.replaceChildren();
        if (!items.length) element("li", list.dataset.empty, list);
        items.forEach(function (title) {
          element("li", title.textContent, list);
        });
        preview.hidden = false;
      })
      .catch(function () {});
  }

  function show() {
    var feeds = chosen();
    tell(feeds);
    preview_of(feeds);
    list.value = feeds
      .map(function (each) {
        return each.feed;
      })
      .join("\n");
    copy.disabled = opml.disabled = !feeds.length;
  }

  opml.addEventListener("click", function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written(chosen())], { type: "text/x-opml" }));
    link.download = "subscriptions.opml";
    link.click();
    URL.revokeObjectURL(link.href);
  });

  copy.addEventListener("click", function () {
    list.select();
    if (navigator.clipboard) navigator.clipboard.writeText(list.value);
    else document.execCommand("copy");
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  form.addEventListener("change", show);

  /* Who comes from a dossier finds it ticked; in a further interface language that language too, where it has a feed. */
  function tickHash() {
    var named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var box = named && named.querySelector(".choice__box");
    if (!box || !named.classList.contains("choice")) return;
    box.checked = true;
    var lang = document.documentElement.lang;
    var own = form.querySelector('input[name="language"][value="' + lang + '"]');
    var has = (box.dataset.languages || "").split(" ");
    if (own && form.dataset.home !== form.dataset.root && has.includes(lang)) own.checked = true;
    show();
  }

  /* Who comes from a page whose feed is none of the choices (a pair) finds it added, ticked, before them. */
  function addAsked() {
    var asked = new URLSearchParams(location.search).get("feed");
    if (!asked || !asked.startsWith(form.dataset.root)) return false;
    var whole = form.querySelector(".choices--whole");
    var choice = whole.querySelector(".choice").cloneNode(true);
    var box = choice.querySelector(".choice__box");
    var label = choice.querySelector(".choice__label");
    var link = choice.querySelector("a");
    choice.id = "_asked";
    box.removeAttribute("data-languages");
    box.checked = true;
    link.href = asked;
    choice.querySelector(".choice__feeds").replaceChildren(link);
    label.replaceChildren(box, asked);
    whole.prepend(choice);
    fetch(asked)
      .then(function (answer) {
        return answer.text();
      })
      .then(function (text) {
        var feed = new DOMParser().parseFromString(text, "application/xml");
        var title = feed.querySelector("channel > title, feed > title");
        if (title) label.replaceChildren(box, title.textContent);
        show();
      })
      .catch(function () {});
    return true;
  }

  if (!addAsked()) tickHash();
  show();
})();

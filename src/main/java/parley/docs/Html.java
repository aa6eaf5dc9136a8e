package parley.docs;

/** Writes HTML. What is not called raw is text, and is escaped. */
final class Html {

  private final StringBuilder out = new StringBuilder();

  Html raw(String html) {
    out.append(html);
    return this;
  }

  Html text(String text) {
    return raw(escape(text));
  }

  Html open(String tag) {
    return raw("<" + tag + ">\n");
  }

  Html open(String tag, String id) {
    return raw("<" + tag + " id=\"" + escape(id) + "\">\n");
  }

  Html close(String tag) {
    return raw("</" + tag + ">\n");
  }

  /** A whole element with text in it; {@code `code`} in the text is shown as such. */
  Html start(String tag, String text) {
    return raw("<" + tag + ">").prose(text).close(tag);
  }

  /** Text in which {@code `code`} is shown as such. */
  Html prose(String text) {
    var parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        text(parts[i]);
      } else {
        code(parts[i]);
      }
    }
    return this;
  }

  Html code(String text) {
    return raw("<code>").text(text).raw("</code>");
  }

  Html link(String href, String text) {
    return raw("<a href=\"" + escape(href) + "\">").text(text).raw("</a>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The whole page. */
  String page(String title) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <link rel="stylesheet" href="/docs/style.css">
    </head>
    <body>
    %s</body>
    </html>
    """
        .formatted(escape(title), out);
  }
}

<?php

declare(strict_types=1);

namespace Ishizue\Sample;

/** The page: says what this is, and sends events by hand. */
final class Page
{
    public static function render(string $title): string
    {
        $title = self::escape($title);
        return <<<HTML
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>$title</title>
              <link rel="stylesheet" href="/app.css">
              <script src="/events.js" defer></script>
            </head>
            <body>
              <main>
                <h1>$title</h1>
                <p>Events that are recorded here go to the delivery stream, and from there to S3.</p>
                <form id="event" action="/events" method="post">
                  <p>
                    <label for="name">Name of the event</label>
                    <input id="name" name="name" required maxlength="64" pattern="[a-z][a-z0-9._\-]*"
                      value="page.greeted" autocomplete="off" aria-describedby="name-hint">
                    <span id="name-hint">Lower-case letters, digits, dots, hyphens and underscores; a letter first.</span>
                  </p>
                  <p>
                    <label for="note">Note (optional)</label>
                    <input id="note" name="note" maxlength="256" autocomplete="off">
                  </p>
                  <p><button type="submit">Record the event</button></p>
                </form>
                <p id="outcome" role="status"></p>
                <noscript>
                  <p>The form needs JavaScript. Without it, post JSON to <code>/events</code>:
                    <code>{"name": "page.greeted", "attributes": {"note": "hello"}}</code></p>
                </noscript>
              </main>
            </body>
            </html>

            HTML;
    }

    private static function escape(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
    }
}

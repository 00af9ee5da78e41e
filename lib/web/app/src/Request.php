<?php

declare(strict_types=1);

namespace Ishizue\Sample;

/** What the application looks at of a request. */
final class Request
{
    /** @param resource $body */
    public function __construct(
        public string $method,
        public string $path,
        public string $contentType = '',
        public int $contentLength = 0,
        private $body = null,
    ) {
    }

    public static function fromGlobals(): self
    {
        return new self(
            (string) ($_SERVER['REQUEST_METHOD'] ?? 'GET'),
            explode('?', (string) ($_SERVER['REQUEST_URI'] ?? '/'), 2)[0],
            (string) ($_SERVER['CONTENT_TYPE'] ?? ''),
            (int) ($_SERVER['CONTENT_LENGTH'] ?? 0),
            fopen('php://input', 'rb') ?: null,
        );
    }

    /** @throws Refused if it is longer than the limit, in bytes; no more than that is read */
    public function body(int $limit): string
    {
        // A chunked body announces no length.
        $body = $this->body === null || $this->contentLength > $limit
            ? ''
            : (string) stream_get_contents($this->body, $limit + 1);
        if (max($this->contentLength, strlen($body)) > $limit) {
            throw new Refused(413, "the body is longer than $limit bytes");
        }
        return $body;
    }
}

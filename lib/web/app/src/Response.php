<?php

declare(strict_types=1);

namespace Ishizue\Sample;

final class Response
{
    /** Nothing inline, nothing from elsewhere, in nobody's frame. */
    private const SECURITY_HEADERS = [
        'Content-Security-Policy' => "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
            . "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        'X-Content-Type-Options' => 'nosniff',
        'X-Frame-Options' => 'DENY',
        'Referrer-Policy' => 'no-referrer',
        'Cache-Control' => 'no-store',
    ];

    /** @var array<string, string> */
    public array $headers;

    /** @param array<string, string> $headers */
    private function __construct(public int $status, string $contentType, public string $body, array $headers)
    {
        $this->headers = ['Content-Type' => $contentType] + $headers + self::SECURITY_HEADERS;
    }

    /**
     * @param array<string, string> $value
     * @param array<string, string> $headers
     */
    public static function json(int $status, array $value, array $headers = []): self
    {
        $body = json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
        return new self($status, 'application/json', $body . "\n", $headers);
    }

    public static function html(string $body): self
    {
        return new self(200, 'text/html; charset=utf-8', $body, []);
    }

    /** The answer to HEAD: what GET would answer, without its body. */
    public function withoutBody(): self
    {
        $response = clone $this;
        $response->body = '';
        return $response;
    }

    public function send(): void
    {
        http_response_code($this->status);
        header_remove('X-Powered-By');
        foreach ($this->headers as $name => $value) {
            header("$name: $value");
        }
        echo $this->body;
    }
}

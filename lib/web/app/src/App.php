<?php

declare(strict_types=1);

namespace Ishizue\Sample;

use Closure;
use DateTimeImmutable;
use Throwable;

/** The application: requests in, responses out. */
final class App
{
    /** In seconds: when to try again where something passes. */
    private const RETRY_AFTER = '5';

    /** @param Closure(string): void $log takes a line; no line ever holds an event */
    public function __construct(private EventSender $sender, private Closure $log, private string $title)
    {
    }

    public function handle(Request $request): Response
    {
        try {
            $response = $this->route($request);
        } catch (Refused $refused) {
            $response = Response::json($refused->status, ['error' => $refused->getMessage()], $refused->headers);
        } catch (Throwable $defect) {
            // Where, and not what: a message may hold what was sent.
            $this->log(sprintf('%s at %s:%d', get_class($defect), basename($defect->getFile()), $defect->getLine()));
            $response = Response::json(500, ['error' => 'an error of the application; the log says where']);
        }
        return $request->method === 'HEAD' ? $response->withoutBody() : $response;
    }

    private function route(Request $request): Response
    {
        switch ($request->path) {
            case '/':
                $this->allow($request, 'GET', 'HEAD');
                return Response::html(Page::render($this->title));
            case '/health':
                // Says that this instance can answer. It asks nothing of AWS: an outage there must not replace instances.
                $this->allow($request, 'GET', 'HEAD');
                return Response::json(200, ['status' => 'ok']);
            case '/events':
                $this->allow($request, 'POST');
                return $this->recordEvent($request);
            default:
                throw new Refused(404, 'there is nothing here');
        }
    }

    private function recordEvent(Request $request): Response
    {
        $mediaType = strtolower(trim(explode(';', $request->contentType, 2)[0]));
        if ($mediaType !== 'application/json') {
            throw new Refused(415, 'the body must be application/json');
        }
        $event = Event::fromJson($request->body(Event::LONGEST_BODY));
        $id = self::newId();
        try {
            $this->sender->send($event->record($id, new DateTimeImmutable()));
        } catch (SendFailed $failure) {
            $this->log("event $id was not accepted: {$failure->getMessage()}");
            $headers = $failure->status === 503 ? ['Retry-After' => self::RETRY_AFTER] : [];
            return Response::json($failure->status, ['error' => $failure->answer], $headers);
        }
        return Response::json(202, ['id' => $id]);
    }

    private function allow(Request $request, string ...$methods): void
    {
        if (!in_array($request->method, $methods, true)) {
            $allowed = implode(', ', $methods);
            throw new Refused(405, "only $allowed here", ['Allow' => $allowed]);
        }
    }

    private function log(string $line): void
    {
        ($this->log)($line);
    }

    /** A random UUID (RFC 9562, version 4). */
    private static function newId(): string
    {
        $bytes = random_bytes(16);
        $bytes[6] = chr(ord($bytes[6]) & 0x0f | 0x40);
        $bytes[8] = chr(ord($bytes[8]) & 0x3f | 0x80);
        return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
    }
}

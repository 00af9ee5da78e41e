<?php

declare(strict_types=1);

namespace Ishizue\Sample\Tests;

use Ishizue\Sample\App;
use Ishizue\Sample\Request;
use Ishizue\Sample\Response;
use Ishizue\Sample\SendFailed;
use LogicException;
use PHPUnit\Framework\TestCase;
use Throwable;

final class AppTest extends TestCase
{
    private const UUID = '/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/D';

    private MemorySender $sender;
    /** @var list<string> */
    private array $log = [];

    public function testThePage(): void
    {
        $response = $this->call('GET', '/');
        self::assertSame(200, $response->status);
        self::assertSame('text/html; charset=utf-8', $response->headers['Content-Type']);
        self::assertStringStartsWith('<!doctype html>', $response->body);
        self::assertStringContainsString('<label for="name">', $response->body);
    }

    public function testThePageRunsNothingInline(): void
    {
        $body = $this->call('GET', '/')->body;
        self::assertSame(1, substr_count($body, '<script'));
        self::assertStringContainsString('<script src="/events.js" defer></script>', $body);
        self::assertDoesNotMatchRegularExpression('/<style|\sstyle=|\son[a-z]+=/i', $body);
    }

    public function testWhatThePageLoadsIsThere(): void
    {
        preg_match_all('~(?:src|href)="(/[^"]+)"~', $this->call('GET', '/')->body, $found);
        self::assertNotEmpty($found[1]);
        foreach ($found[1] as $path) {
            self::assertFileExists(__DIR__ . '/../public' . $path);
        }
    }

    public function testThePageEscapesItsTitle(): void
    {
        $body = $this->call('GET', '/', [], null, '<script>"&\'')->body;
        self::assertStringNotContainsString('<script>', $body);
        self::assertStringContainsString('<title>&lt;script&gt;&quot;&amp;&apos;</title>', $body);
        self::assertStringContainsString('<h1>&lt;script&gt;&quot;&amp;&apos;</h1>', $body);
    }

    public function testHealthSendsNothing(): void
    {
        $response = $this->call('GET', '/health', [], new LogicException('asked'));
        self::assertSame([200, "{\"status\":\"ok\"}\n"], [$response->status, $response->body]);
        self::assertSame('application/json', $response->headers['Content-Type']);
        self::assertSame('no-store', $response->headers['Cache-Control']);
        self::assertSame([], $this->log);
    }

    /** @dataProvider paths */
    public function testHeadIsGetWithoutTheBody(string $path): void
    {
        $get = $this->call('GET', $path);
        $head = $this->call('HEAD', $path);
        self::assertSame('', $head->body);
        self::assertSame([$get->status, $get->headers], [$head->status, $head->headers]);
    }

    /** @return iterable<array{string}> */
    public function paths(): iterable
    {
        return [['/'], ['/health'], ['/nowhere']];
    }

    /** @dataProvider answers */
    public function testEveryAnswerHasTheSecurityHeaders(string $method, string $path): void
    {
        $headers = $this->call($method, $path)->headers;
        $policy = $headers['Content-Security-Policy'];
        self::assertStringContainsString("default-src 'none'", $policy);
        self::assertStringContainsString("frame-ancestors 'none'", $policy);
        self::assertStringNotContainsString('unsafe', $policy);
        self::assertSame('nosniff', $headers['X-Content-Type-Options']);
        self::assertSame('DENY', $headers['X-Frame-Options']);
        self::assertSame('no-referrer', $headers['Referrer-Policy']);
    }

    /** @return iterable<array{string, string}> */
    public function answers(): iterable
    {
        return [['GET', '/'], ['GET', '/health'], ['POST', '/events'], ['GET', '/nowhere'], ['DELETE', '/']];
    }

    public function testAnEventIsRecordedAsOneLineOfJson(): void
    {
        $before = time();
        $response = $this->post('{"name": "page.viewed",' . "\n" . '"attributes": {"path": "/礎\nb", "n": 3, "x": 1.0, "on": true}}');
        self::assertSame(202, $response->status);
        self::assertCount(1, $this->sender->records);
        $record = $this->sender->records[0];
        self::assertStringNotContainsString("\n", $record);
        self::assertStringContainsString('"attributes":{"path":"/礎\nb","n":3,"x":1.0,"on":true}', $record);
        $event = json_decode($record, true, 8, JSON_THROW_ON_ERROR);
        self::assertSame(['id', 'time', 'name', 'attributes'], array_keys($event));
        self::assertSame('page.viewed', $event['name']);
        self::assertMatchesRegularExpression(self::UUID, $event['id']);
        self::assertMatchesRegularExpression('/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/D', $event['time']);
        self::assertGreaterThanOrEqual($before, strtotime($event['time']));
        self::assertLessThanOrEqual(time(), strtotime($event['time']));
        self::assertSame("{\"id\":\"{$event['id']}\"}\n", $response->body);
    }

    public function testAnEventNeedsNoAttributes(): void
    {
        self::assertSame(202, $this->post('{"name":"a"}', 'Application/JSON; charset=utf-8')->status);
        self::assertStringEndsWith('"name":"a","attributes":{}}', $this->sender->records[0]);
    }

    public function testAnIntegerTooLongForAnIntegerKeepsItsDigits(): void
    {
        self::assertSame(202, $this->post('{"name":"a","attributes":{"n":123456789012345678901234567890}}')->status);
        self::assertStringContainsString('"n":"123456789012345678901234567890"', $this->sender->records[0]);
    }

    public function testIdsDiffer(): void
    {
        self::assertNotSame($this->post('{"name":"a"}')->body, $this->post('{"name":"a"}')->body);
    }

    /** @dataProvider noEvents */
    public function testWhatIsNoEventIsRefusedForOneReason(string $body, string $reason): void
    {
        $response = $this->post($body);
        self::assertSame([400, ['error' => $reason]], [$response->status, self::decoded($response)]);
        self::assertSame([], $this->sender->records);
    }

    /** @return iterable<string, array{string, string}> */
    public function noEvents(): iterable
    {
        $name = 'name must be 1 to 64 lower-case letters, digits, dots, hyphens and underscores, a letter first';
        $attribute = 'names of attributes must be 1 to 64 letters, digits and underscores, no digit first';
        $value = 'attributes.x must be true, false, a number, or text of 256 characters at most';
        $many = array_fill_keys(array_map(static fn (int $n): string => "a$n", range(1, 21)), 1);
        yield 'nothing' => ['', 'the body is not JSON: syntax error'];
        yield 'no JSON' => ['{', 'the body is not JSON: syntax error'];
        yield 'not UTF-8' => ["{\"name\":\"a\xff\"}", 'the body is not JSON: malformed UTF-8 characters, possibly incorrectly encoded'];
        yield 'a list' => ['[]', 'the body is not a JSON object'];
        yield 'a text' => ['"name"', 'the body is not a JSON object'];
        yield 'another key' => ['{"name":"a","id":"1"}', 'only name and attributes are known'];
        yield 'no name' => ['{}', $name];
        yield 'a number as name' => ['{"name":1}', $name];
        yield 'an upper-case name' => ['{"name":"A"}', $name];
        yield 'a line end in the name' => ['{"name":"a\n"}', $name];
        yield 'a long name' => [json_encode(['name' => str_repeat('a', 65)]), $name];
        yield 'a list of attributes' => ['{"name":"a","attributes":[]}', 'attributes must be a JSON object'];
        yield 'many attributes' => [json_encode(['name' => 'a', 'attributes' => $many]), 'there may be 20 attributes at most'];
        yield 'a name that is none' => ['{"name":"a","attributes":{"a b":1}}', $attribute];
        yield 'a name in other letters' => ['{"name":"a","attributes":{"礎":1}}', $attribute];
        yield 'a number as its name' => ['{"name":"a","attributes":{"1":1}}', $attribute];
        yield 'a list as value' => ['{"name":"a","attributes":{"x":[]}}', $value];
        yield 'null as value' => ['{"name":"a","attributes":{"x":null}}', $value];
        yield 'infinity' => ['{"name":"a","attributes":{"x":1e999}}', $value];
        yield 'a long value' => [json_encode(['name' => 'a', 'attributes' => ['x' => str_repeat('あ', 257)]]), $value];
    }

    public function testTheLongestNameAndValueAreAccepted(): void
    {
        $event = ['name' => str_repeat('a', 64), 'attributes' => ['x' => str_repeat('あ', 256)]];
        self::assertSame(202, $this->post((string) json_encode($event))->status);
    }

    /** @dataProvider otherTypes */
    public function testAnotherMediaTypeIsRefused(string $contentType): void
    {
        $response = $this->post('{"name":"a"}', $contentType);
        self::assertSame(415, $response->status);
        self::assertSame(['error' => 'the body must be application/json'], self::decoded($response));
        self::assertSame([], $this->sender->records);
    }

    /** @return iterable<array{string}> */
    public function otherTypes(): iterable
    {
        // The first three are what a form of another site could send without asking.
        return [['text/plain'], ['application/x-www-form-urlencoded'], ['multipart/form-data'], ['application/jsonp'], ['']];
    }

    public function testABodyThatIsTooLongIsRefused(): void
    {
        $announced = $this->call('POST', '/events', [
            'contentType' => 'application/json',
            'contentLength' => 16385,
            'body' => '{"name":"a"}',
        ]);
        $notAnnounced = $this->post('{"name":"a"' . str_repeat(' ', 16374) . '}');
        foreach ([$announced, $notAnnounced] as $response) {
            self::assertSame(413, $response->status);
            self::assertSame(['error' => 'the body is longer than 16384 bytes'], self::decoded($response));
        }
        self::assertSame([], $this->sender->records);
        self::assertSame(202, $this->post('{"name":"a"' . str_repeat(' ', 16372) . '}')->status, 'as long as it may be');
    }

    /** @dataProvider otherMethods */
    public function testAnotherMethodIsRefused(string $method, string $path, string $allowed): void
    {
        $response = $this->call($method, $path);
        self::assertSame([405, $allowed], [$response->status, $response->headers['Allow']]);
    }

    /** @return iterable<array{string, string, string}> */
    public function otherMethods(): iterable
    {
        return [
            ['POST', '/', 'GET, HEAD'],
            ['PUT', '/health', 'GET, HEAD'],
            ['GET', '/events', 'POST'],
            ['HEAD', '/events', 'POST'],
            ['OPTIONS', '/events', 'POST'],
        ];
    }

    public function testThereIsNothingElse(): void
    {
        foreach (['/nowhere', '/health/', '/index.php', '//', ''] as $path) {
            $response = $this->call('GET', $path);
            self::assertSame([404, ['error' => 'there is nothing here']], [$response->status, self::decoded($response)]);
        }
    }

    /** @dataProvider failures */
    public function testAnEventThatWasNotAcceptedIsNotReportedAccepted(
        Throwable $failure,
        int $status,
        string $error,
        ?string $retryAfter,
        string $logged,
    ): void {
        $response = $this->post('{"name":"secret.name","attributes":{"secret":"payload"}}', 'application/json', $failure);
        self::assertSame([$status, ['error' => $error]], [$response->status, self::decoded($response)]);
        self::assertSame($retryAfter, $response->headers['Retry-After'] ?? null);
        self::assertCount(1, $this->log);
        self::assertMatchesRegularExpression($logged, $this->log[0]);
        self::assertStringNotContainsString('secret', $this->log[0]);
    }

    /** @return iterable<string, array{Throwable, int, string, ?string, string}> */
    public function failures(): iterable
    {
        yield 'refused' => [
            SendFailed::refused('AccessDeniedException'),
            502,
            'the delivery stream did not accept the event; the log says why',
            null,
            '/^event [0-9a-f-]{36} was not accepted: AccessDeniedException$/D',
        ];
        yield 'not available' => [
            SendFailed::unavailable('ServiceUnavailableException'),
            503,
            'the delivery stream is not available; send the event again later',
            '5',
            '/^event [0-9a-f-]{36} was not accepted: ServiceUnavailableException$/D',
        ];
        yield 'not configured' => [
            SendFailed::notConfigured('DELIVERY_STREAM is not set'),
            503,
            'DELIVERY_STREAM is not set',
            '5',
            '/ was not accepted: DELIVERY_STREAM is not set$/D',
        ];
        yield 'a defect' => [
            new LogicException('secret payload'),
            500,
            'an error of the application; the log says where',
            null,
            '/^LogicException at AppTest\.php:\d+$/D',
        ];
    }

    private function post(
        string $body,
        string $contentType = 'application/json',
        ?Throwable $failure = null,
    ): Response {
        return $this->call('POST', '/events', ['contentType' => $contentType, 'body' => $body], $failure);
    }

    /** @param array{contentType?: string, contentLength?: int, body?: string} $entity */
    private function call(
        string $method,
        string $path,
        array $entity = [],
        ?Throwable $failure = null,
        string $title = 'Sample',
    ): Response {
        $body = fopen('php://memory', 'w+b');
        self::assertIsResource($body);
        fwrite($body, $entity['body'] ?? '');
        rewind($body);
        $this->sender = new MemorySender($failure);
        $log = function (string $line): void {
            $this->log[] = $line;
        };
        $app = new App($this->sender, $log, $title);
        return $app->handle(
            new Request($method, $path, $entity['contentType'] ?? '', $entity['contentLength'] ?? 0, $body),
        );
    }

    /** @return array<string, string> */
    private static function decoded(Response $response): array
    {
        return json_decode($response->body, true, 8, JSON_THROW_ON_ERROR);
    }
}

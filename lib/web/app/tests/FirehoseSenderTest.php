<?php

declare(strict_types=1);

namespace Ishizue\Sample\Tests;

use Aws\Command;
use Aws\Exception\AwsException;
use Aws\Firehose\FirehoseClient;
use Closure;
use Ishizue\Sample\FirehoseSender;
use Ishizue\Sample\SendFailed;
use PHPUnit\Framework\TestCase;
use RuntimeException;
use Throwable;

final class FirehoseSenderTest extends TestCase
{
    public function testPutsTheRecordAsItIs(): void
    {
        $calls = [];
        $sender = new FirehoseSender('events', 'ap-northeast-1', self::client(
            static function (array $input) use (&$calls): array {
                $calls[] = $input;
                return ['RecordId' => 'r-1'];
            },
            $region,
        ));
        $sender->send('{"name":"a"}');
        self::assertSame([['DeliveryStreamName' => 'events', 'Record' => ['Data' => '{"name":"a"}']]], $calls);
        self::assertSame('ap-northeast-1', $region);
    }

    /** @dataProvider missingSettings */
    public function testSaysWhatToSet(string $stream, string $region, string $answer): void
    {
        $sender = new FirehoseSender($stream, $region, self::client(static fn (): array => self::fail('was called')));
        $failure = self::failureOf($sender);
        self::assertSame([503, $answer], [$failure->status, $failure->answer]);
    }

    /** @return iterable<array{string, string, string}> */
    public function missingSettings(): iterable
    {
        yield ['', 'ap-northeast-1', 'DELIVERY_STREAM is not set: give it the name of a delivery stream'];
        yield ['events', '', 'AWS_REGION is not set: give it the region of the delivery stream'];
    }

    /** @dataProvider errors */
    public function testTellsWhatPassesFromWhatDoesNot(Throwable $error, int $status, string $logged): void
    {
        $failure = self::failureOf(new FirehoseSender('events', 'ap-northeast-1', self::client(
            static function () use ($error): array {
                throw $error;
            },
        )));
        self::assertSame([$status, $logged], [$failure->status, $failure->getMessage()]);
        self::assertStringNotContainsString('payload', $failure->getMessage() . $failure->answer);
    }

    /** @return iterable<string, array{Throwable, int, string}> */
    public function errors(): iterable
    {
        $aws = static fn (array $context): AwsException => new AwsException('payload', new Command('PutRecord'), $context);
        yield 'denied' => [$aws(['code' => 'AccessDeniedException']), 502, 'AccessDeniedException'];
        yield 'no such stream' => [
            $aws(['code' => 'ResourceNotFoundException', 'request_id' => 'r-1']),
            502,
            'ResourceNotFoundException (request r-1)',
        ];
        yield 'throttled' => [$aws(['code' => 'ServiceUnavailableException']), 503, 'ServiceUnavailableException'];
        yield 'no connection' => [$aws(['connection_error' => true]), 503, AwsException::class];
        yield 'no credentials' => [new RuntimeException('payload'), 502, 'RuntimeException'];
    }

    public function testAnAnswerWithoutARecordIsNoAcceptance(): void
    {
        $failure = self::failureOf(new FirehoseSender('events', 'ap-northeast-1', self::client(static fn (): array => [])));
        self::assertSame([502, 'the reply names no record'], [$failure->status, $failure->getMessage()]);
    }

    public function testSaysThatTheSdkIsMissing(): void
    {
        if (class_exists(FirehoseClient::class)) {
            self::markTestSkipped('the SDK is installed');
        }
        $failure = self::failureOf(new FirehoseSender('events', 'ap-northeast-1'));
        self::assertSame('the AWS SDK for PHP is not installed: run composer install', $failure->answer);
    }

    private static function failureOf(FirehoseSender $sender): SendFailed
    {
        try {
            $sender->send('payload');
        } catch (SendFailed $failure) {
            return $failure;
        }
        self::fail('it was accepted');
    }

    /** @param Closure(array<string, mixed>): array<string, string> $putRecord */
    private static function client(Closure $putRecord, ?string &$openedIn = null): Closure
    {
        return static function (string $region) use ($putRecord, &$openedIn): object {
            $openedIn = $region;
            return new class ($putRecord) {
                public function __construct(private Closure $putRecord)
                {
                }

                /**
                 * @param array<string, mixed> $input
                 * @return array<string, string>
                 */
                public function putRecord(array $input): array
                {
                    return ($this->putRecord)($input);
                }
            };
        };
    }
}

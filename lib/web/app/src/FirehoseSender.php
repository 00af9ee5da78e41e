<?php

declare(strict_types=1);

namespace Ishizue\Sample;

use Aws\Credentials\CredentialProvider;
use Aws\Exception\AwsException;
use Aws\Firehose\FirehoseClient;
use Closure;
use Throwable;

/** Puts records to a delivery stream of Amazon Data Firehose. The one place that knows the AWS SDK. */
final class FirehoseSender implements EventSender
{
    /** In seconds; with one retry, a request takes ten at most. Firehose answers within tenths of a second. */
    private const TIMEOUTS = ['connect_timeout' => 1, 'timeout' => 4];
    private const RETRIES = 1;

    /** Errors that pass. Source: "PutRecord" and "Common Errors", Amazon Data Firehose API Reference; November 2026. */
    private const PASSING_ERRORS = [
        'InternalFailure',
        'LimitExceededException',
        'RequestLimitExceeded',
        'ServiceUnavailable',
        'ServiceUnavailableException',
        'SlowDown',
        'Throttling',
        'ThrottlingException',
    ];

    private Closure $open;

    /**
     * @param string $stream its name; empty if nobody gave it
     * @param string $region empty if nobody gave it
     * @param ?Closure(string): object $open opens a client of a region; another one is for tests
     */
    public function __construct(private string $stream, private string $region, ?Closure $open = null)
    {
        $this->open = $open ?? Closure::fromCallable([self::class, 'openClient']);
    }

    public function send(string $record): void
    {
        if ($this->stream === '') {
            throw SendFailed::notConfigured('DELIVERY_STREAM is not set: give it the name of a delivery stream');
        }
        if ($this->region === '') {
            throw SendFailed::notConfigured('AWS_REGION is not set: give it the region of the delivery stream');
        }
        try {
            $result = ($this->open)($this->region)->putRecord([
                'DeliveryStreamName' => $this->stream,
                'Record' => ['Data' => $record],
            ]);
        } catch (SendFailed $failure) {
            throw $failure;
        } catch (Throwable $error) {
            throw self::failure($error);
        }
        if ((string) ($result['RecordId'] ?? '') === '') {
            throw SendFailed::refused('the reply names no record');
        }
    }

    /** @throws SendFailed if the SDK is not there */
    private static function openClient(string $region): FirehoseClient
    {
        if (!class_exists(FirehoseClient::class)) {
            throw SendFailed::notConfigured('the AWS SDK for PHP is not installed: run composer install');
        }
        return new FirehoseClient([
            'version' => '2015-08-04',
            'region' => $region,
            // The usual chain: on an instance it ends at the role of the instance.
            'credentials' => CredentialProvider::defaultProvider(['timeout' => 1, 'retries' => self::RETRIES]),
            'http' => self::TIMEOUTS,
            'retries' => self::RETRIES,
            // On PHP 8.0 the SDK would warn at every request that its support has ended.
            'suppress_php_deprecation_warning' => true,
        ]);
    }

    /** Says what kind of error it was; not its message, which may repeat parts of the request. */
    private static function failure(Throwable $error): SendFailed
    {
        if (!$error instanceof AwsException) {
            return SendFailed::refused(get_class($error));
        }
        $code = (string) $error->getAwsErrorCode();
        $request = (string) $error->getAwsRequestId();
        $what = ($code === '' ? get_class($error) : $code) . ($request === '' ? '' : " (request $request)");
        $passes = $error->isConnectionError()
            || (int) $error->getStatusCode() >= 500
            || in_array($code, self::PASSING_ERRORS, true);
        return $passes ? SendFailed::unavailable($what) : SendFailed::refused($what);
    }
}

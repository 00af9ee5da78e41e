<?php

declare(strict_types=1);

namespace Aws;

interface CommandInterface
{
}

final class Command implements CommandInterface
{
    public function __construct(string $name)
    {
    }
}

namespace Aws\Exception;

use Aws\CommandInterface;
use RuntimeException;

/** As much of the SDK's exception as the application asks, made from the same arguments. */
class AwsException extends RuntimeException
{
    /** @param array{code?: string, request_id?: string, connection_error?: bool} $context */
    public function __construct(string $message, CommandInterface $command, private array $context = [])
    {
        parent::__construct($message);
    }

    public function getAwsErrorCode(): ?string
    {
        return $this->context['code'] ?? null;
    }

    public function getAwsRequestId(): ?string
    {
        return $this->context['request_id'] ?? null;
    }

    public function getStatusCode(): ?int
    {
        return null;
    }

    public function isConnectionError(): bool
    {
        return $this->context['connection_error'] ?? false;
    }
}

<?php

declare(strict_types=1);

namespace Ishizue\Sample\Tests;

use Ishizue\Sample\EventSender;
use Throwable;

/** Keeps what it is sent, or fails as told. */
final class MemorySender implements EventSender
{
    /** @var list<string> */
    public array $records = [];

    public function __construct(private ?Throwable $failure = null)
    {
    }

    public function send(string $record): void
    {
        if ($this->failure !== null) {
            throw $this->failure;
        }
        $this->records[] = $record;
    }
}

<?php

declare(strict_types=1);

namespace Ishizue\Sample;

use RuntimeException;

/** A request that is refused: the caller's mistake, in one reason that the caller may read. */
final class Refused extends RuntimeException
{
    /** @param array<string, string> $headers */
    public function __construct(public int $status, string $reason, public array $headers = [])
    {
        parent::__construct($reason);
    }
}

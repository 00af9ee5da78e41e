<?php

declare(strict_types=1);

namespace Ishizue\Sample;

use RuntimeException;

/** A record that was not accepted, or not known to be. The message is for the log and never holds the record. */
final class SendFailed extends RuntimeException
{
    private function __construct(public int $status, string $message, public string $answer)
    {
        parent::__construct($message);
    }

    /** Something must be set or installed first, which the answer says. */
    public static function notConfigured(string $what): self
    {
        return new self(503, $what, $what);
    }

    /** It may be accepted later. */
    public static function unavailable(string $message): self
    {
        return new self(503, $message, 'the delivery stream is not available; send the event again later');
    }

    /** It will not be accepted before somebody has corrected something. */
    public static function refused(string $message): self
    {
        return new self(502, $message, 'the delivery stream did not accept the event; the log says why');
    }
}

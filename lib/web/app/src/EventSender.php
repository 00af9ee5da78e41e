<?php

declare(strict_types=1);

namespace Ishizue\Sample;

interface EventSender
{
    /**
     * Returns when the record is accepted, and not otherwise.
     *
     * @param string $record one line, without its end: the delivery stream adds it
     * @throws SendFailed
     */
    public function send(string $record): void;
}

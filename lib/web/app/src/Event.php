<?php

declare(strict_types=1);

namespace Ishizue\Sample;

use DateTimeImmutable;
use DateTimeZone;
use JsonException;
use stdClass;

/** `{"name": "page.viewed", "attributes": {"path": "/"}}`: what happened, and a few facts about it. */
final class Event
{
    /** In bytes. Far more than the limits below need, far less than the 1,000 KiB that a record may have. */
    public const LONGEST_BODY = 16 * 1024;

    private const NAME = '/^[a-z][a-z0-9._-]{0,63}$/D';
    private const ATTRIBUTE_NAME = '/^[A-Za-z_][A-Za-z0-9_]{0,63}$/D';
    private const MOST_ATTRIBUTES = 20;
    private const LONGEST_VALUE = 256;

    private function __construct(private string $name, private stdClass $attributes)
    {
    }

    /** @throws Refused with the first reason why it is no event */
    public static function fromJson(string $json): self
    {
        try {
            // An integer too long for 64 bits stays as it was written, as text: as a number it would lose digits.
            $event = json_decode($json, false, 8, JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);
        } catch (JsonException $error) {
            throw new Refused(400, 'the body is not JSON: ' . lcfirst($error->getMessage()));
        }
        if (!$event instanceof stdClass) {
            throw new Refused(400, 'the body is not a JSON object');
        }
        foreach (array_keys(get_object_vars($event)) as $key) {
            if (!in_array($key, ['name', 'attributes'], true)) {
                throw new Refused(400, 'only name and attributes are known');
            }
        }
        $name = $event->name ?? null;
        if (!is_string($name) || preg_match(self::NAME, $name) !== 1) {
            throw new Refused(
                400,
                'name must be 1 to 64 lower-case letters, digits, dots, hyphens and underscores, a letter first',
            );
        }
        return new self($name, self::attributes($event->attributes ?? new stdClass()));
    }

    /** One line of JSON. */
    public function record(string $id, DateTimeImmutable $time): string
    {
        $record = [
            'id' => $id,
            'time' => $time->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s.v\Z'),
            'name' => $this->name,
            'attributes' => $this->attributes,
        ];
        return json_encode(
            $record,
            JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION,
        );
    }

    private static function attributes(mixed $attributes): stdClass
    {
        if (!$attributes instanceof stdClass) {
            throw new Refused(400, 'attributes must be a JSON object');
        }
        $values = get_object_vars($attributes);
        if (count($values) > self::MOST_ATTRIBUTES) {
            throw new Refused(400, 'there may be ' . self::MOST_ATTRIBUTES . ' attributes at most');
        }
        foreach ($values as $name => $value) {
            if (preg_match(self::ATTRIBUTE_NAME, (string) $name) !== 1) {
                throw new Refused(400, 'names of attributes must be 1 to 64 letters, digits and underscores, no digit first');
            }
            if (!self::isValue($value)) {
                $most = self::LONGEST_VALUE;
                throw new Refused(400, "attributes.$name must be true, false, a number, or text of $most characters at most");
            }
        }
        return $attributes;
    }

    private static function isValue(mixed $value): bool
    {
        if (is_string($value)) {
            // Characters without the extension mbstring; JSON is UTF-8, or it would not have been read.
            return preg_match_all('/./su', $value) <= self::LONGEST_VALUE;
        }
        // 1e999 is JSON, and infinite.
        return is_bool($value) || is_int($value) || (is_float($value) && is_finite($value));
    }
}

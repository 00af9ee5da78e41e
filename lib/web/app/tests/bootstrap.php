<?php

declare(strict_types=1);

require __DIR__ . '/../src/autoload.php';
require_once __DIR__ . '/MemorySender.php';
// What the SDK throws, where the SDK is not installed.
if (!class_exists(Aws\Exception\AwsException::class)) {
    require __DIR__ . '/sdk-stub.php';
}

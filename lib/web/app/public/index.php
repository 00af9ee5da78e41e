<?php

declare(strict_types=1);

use Ishizue\Sample\App;
use Ishizue\Sample\FirehoseSender;
use Ishizue\Sample\Request;

// PHP's own server asks this script for every file, and serves those that are there if it answers false.
if (PHP_SAPI === 'cli-server' && preg_match('~^/[\w-]+\.(css|js)$~', (string) $_SERVER['REQUEST_URI']) === 1) {
    return false;
}

// A warning in the body would make the answer something else than it says it is.
ini_set('display_errors', '0');
ini_set('log_errors', '1');

require __DIR__ . '/../src/autoload.php';

$app = new App(
    new FirehoseSender((string) getenv('DELIVERY_STREAM'), (string) getenv('AWS_REGION')),
    static function (string $line): void {
        // Goes to standard error in a container and under PHP's own server, to the server's error log under php-fpm.
        error_log($line);
    },
    (string) (getenv('APP_TITLE') ?: 'Ishizue sample'),
);
$app->handle(Request::fromGlobals())->send();

#!/usr/bin/env node
/* global require -- CommonJS */
// What `npx ishizue` runs: the TypeScript beside it, which the commands are.
require('tsx/cjs');
require('./ishizue.ts').start();

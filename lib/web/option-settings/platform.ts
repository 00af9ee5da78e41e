import type { Platform } from '../platforms';
import { options, type OptionSetting } from './option-setting';

/** The folder of the bundle that is served, for PHP platforms; a container has its own configuration. */
const DOCUMENT_ROOT = '/public';
/** Seconds: as long as the load balancer waits. */
const LONGEST_REQUEST = 60;

/** Options of the platform itself: PHP's on PHP platforms, none on Docker's, which would refuse them. */
export function platformOptions({ family }: Platform): OptionSetting[] {
  if (family === 'docker') return [];
  return options('aws:elasticbeanstalk:container:php:phpini', {
    document_root: DOCUMENT_ROOT,
    memory_limit: '256M',
    max_execution_time: LONGEST_REQUEST,
    display_errors: 'Off',
    composer_options: '--no-dev --no-interaction --optimize-autoloader',
  });
}

import type { World } from './start.ts';

const secureTransfer = 'Secure transfer to storage accounts should be enabled';

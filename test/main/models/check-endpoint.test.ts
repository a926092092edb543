import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../main/base/errors.ts';
import { endpointDraft } from '../../../preload/contract/domains/endpoints.ts';
import { checkDraft } from '../../../main/models/index.ts';
import { keyCanary } from '../../support/model-servers/asking.ts';

const kept = (baseUrl: string): string => checkDraft(endpointDraft.parse({ name: 'A', dialect: 'openai-chat', baseUrl, model: 'm', ceiling: 'UNCLASSIFIED' })).profile.baseUrl;

const refusal = (text: string): string => {
  try {
    kept(text);
  } catch (error) {
    if (isAppError(error, 'endpoint.bad-url')) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('a base URL', () => {
  test.each([
    ['https://models.agency.example/v1/', 'https://models.agency.example/v1'],
    ['  HTTPS://Models.Agency.Example  ', 'https://models.agency.example'],
    ['http://localhost:8080/v1', 'http://localhost:8080/v1'],
    ['http://127.0.0.2/v1//', 'http://127.0.0.2/v1'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
  ])('%s is kept as %s', (text, normal) => {
    expect(kept(text)).toBe(normal);
  });

  test.each([
    ['not a url', 'not a web address'],
    ['', 'not a web address'],
    ['localhost:8080/v1', 'begin with https://'],
    ['file:///etc/hosts', 'begin with https://'],
    ['http://models.agency.example/v1', 'this computer only'],
    ['http://192.168.1.4:8000/v1', 'this computer only'],
    ['http://[::ffff:127.0.0.1]/v1', 'this computer only'],
    [`https://user:${keyCanary}@host.example/v1`, 'user name or a password'],
    [`https://${keyCanary}@host.example/v1`, 'user name or a password'],
    [`https://host.example/v1?key=${keyCanary}`, 'after ? or #'],
    ['https://host.example/v1#top', 'after ? or #'],
    ['https://host.example/v1?', 'after ? or #'],
  ])('%s is refused: %s', (text, says) => {
    expect(refusal(text)).toContain(says);
    expect(refusal(text)).not.toContain(keyCanary);
  });
});

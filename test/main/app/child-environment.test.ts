import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../main/app/child-environment.ts';

describe('the environment of the engine', () => {
  it.each([
    'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AZURE_OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'OLLAMA_HOST',
    'HTTP_PROXY', 'https_proxy', 'ALL_PROXY', 'no_proxy', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_DEBUG',
    'SSLKEYLOGFILE', 'SSL_CERT_FILE', 'OPENSSL_CONF', 'LD_PRELOAD', 'ELECTRON_RUN_AS_NODE', 'A_VARIABLE_OF_TOMORROW',
  ])('does not hold %s', (name) => {
    expect(childEnvironment({ [name]: 'x' })).toEqual({});
  });

  it('holds what a process needs to run, in whatever case the system writes it', () => {
    const needed = { PATH: '/bin', Path: 'C:\\bin', HOME: '/home/a', SystemRoot: 'C:\\Windows', TMPDIR: '/tmp', LC_ALL: 'C.UTF-8', XDG_RUNTIME_DIR: '/run' };
    expect(childEnvironment({ ...needed, ABSENT: undefined })).toEqual(needed);
  });
});

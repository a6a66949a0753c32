import pg from 'pg';
import { noPassword } from './not-answering.ts';

type AskForPassword = () => string | Promise<string>;

/** Hangs up where it gets no password: pg would leave the connection open until the server gives up a minute later, and soon nobody could come in. */
export class PostgresClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    const { password } = config;
    super(typeof password === 'function' ? { ...config, password: () => this.#askFor(password) } : config);
  }

  async #askFor(password: AskForPassword): Promise<string> {
    try {
      return await password();
    } catch (cause) {
      void this.end();
      throw new Error(noPassword, { cause });
    }
  }
}

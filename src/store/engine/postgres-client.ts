import pg from 'pg';
import { noPassword } from './not-answering.ts';

type AskForPassword = () => string | Promise<string>;

/**
 * Closes the connection if there is no password. pg would leave it open until the server gives up a minute later, and soon no connection
 * would be left.
 */
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

const hourMs = 3_600_000;

/** A clock that stands still until a test moves it. */
export class TestClock {
  #time: number;

  constructor(start: Date) {
    this.#time = start.getTime();
  }

  readonly now = (): Date => new Date(this.#time);

  readonly forward = ({ days = 0, hours = 0, minutes = 0, ms = 0 }): void => {
    this.#time += (days * 24 + hours + minutes / 60) * hourMs + ms;
  };

  readonly set = (time: Date): void => {
    this.#time = time.getTime();
  };
}

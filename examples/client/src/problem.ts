/** Problems of the API (RFC 9457), as errors that say what to do about them. */

import type { components } from "./api.js";

export type Problem = components["schemas"]["Problem"];

type Answer<Data> = { data?: Data; error?: Problem; response: Response };

export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfter: string | null,
  ) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
  }
}

/** Return what was asked for, or throw the problem that came instead. */
export function read<Data>({ data, error, response }: Answer<Data>): Data {
  if (data !== undefined) return data;
  if (error === undefined) throw new Error(`Nothing came with ${response.status}.`);
  throw new ProblemError(error, response.headers.get("Retry-After"));
}

/** Say what a person should see. What a type means never changes; its words may. */
export function explain({ problem, retryAfter }: ProblemError): string[] {
  switch (problem.type) {
    // It means what its status means, and no more.
    case "about:blank":
      return explainStatus(problem, retryAfter);
    default:
      return [`${problem.title}. ${problem.detail}`];
  }
}

function explainStatus(problem: Problem, retryAfter: string | null): string[] {
  switch (problem.status) {
    case 404:
      return ["This page is gone."];
    case 422:
      return problem.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
    case 503:
      return [`Try again in ${retryAfter ?? "a few"} seconds.`];
    default:
      return [problem.detail];
  }
}

/**
 * Lists, filters, pages, asks for a recommendation, and handles a problem.
 *
 * Paths, parameters and answers are typed by the API's own OpenAPI document.
 */

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./api.js";
import { ProblemError, explain, read } from "./problem.js";

const baseUrl = process.env["BASE_URL"] ?? "http://127.0.0.1:8000";
// Answers also come as texts; this client asks for JSON.
const api = createClient<paths, "application/json" | "application/problem+json">({ baseUrl });

/** List: what can be asked about? */
async function listTopics(): Promise<string[]> {
  const topics = read(await api.GET("/v1/topics"));
  return topics.items.map((topic) => topic.slug);
}

/** Filter: which injections are done in a clinic? Only their names are sent. */
async function listInjections() {
  const answer = await api.GET("/v1/treatments", {
    params: { query: { category: "injection", setting: "clinic", fields: "name" } },
  });
  return read(answer).items;
}

/** Page: follow the links of each page until the last, which has no next one. */
async function listAllTreatments(topic: string): Promise<string[]> {
  const slugs: string[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const { page, next } = await listTreatments(topic, offset);
    slugs.push(...page.items.map((treatment) => treatment.slug));
    assert.equal(next === null, slugs.length === page.total);
    offset = next;
  }
  return slugs;
}

async function listTreatments(topic: string, offset: number) {
  const answer = await api.GET("/v1/treatments", {
    params: { query: { topic, fields: "slug", limit: 10, offset } },
  });
  const links = answer.response.headers.get("Link") ?? "";
  const next = /<([^>]*)>; rel="next"/.exec(links)?.[1];
  return { page: read(answer), next: next ? readOffset(next) : null };
}

function readOffset(address: string): number {
  return Number(new URL(address, baseUrl).searchParams.get("offset"));
}

/** Recommend: what fits a person, and first of all, how urgent is it? */
async function recommend(topic: string) {
  const answer = await api.POST("/v1/recommendations", {
    body: {
      topic,
      region: "uk",
      profile: {
        age: 58,
        measures: { "block-relief-percent": 85 },
        has: ["kidney-disease"],
        has_not: ["pregnancy", "active-infection"],
      },
    },
  });
  return read(answer);
}

/** Fail: a mistake in the profile comes back as a problem, with its place. */
async function makeMistake(): Promise<ProblemError> {
  try {
    read(await api.POST("/v1/recommendations", { body: { profile: { age: 300 } } }));
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  return assert.fail("The mistake was not seen.");
}

const { default_topic: topic, disclaimer } = read(await api.GET("/v1/meta"));
console.log(disclaimer);

const topics = await listTopics();
console.log("\nTopics:", topics.join(", "));
assert.ok(topics.includes(topic));

const injections = await listInjections();
console.log("\nInjections in a clinic:");
for (const { slug, name } of injections) console.log(`- ${name} (${slug})`);
assert.ok(injections.every(({ name }) => name));

const treatments = await listAllTreatments(topic);
console.log(`\nOptions of ${topic}: ${treatments.length}, on pages of 10`);
assert.equal(new Set(treatments).size, treatments.length);

const { urgency, options, ask_next } = await recommend(topic);
console.log(`\n${urgency.headline}`);
for (const { name, standing, because } of options) {
  if (standing === "recommended") console.log(`- ${name}: ${because[0]?.text}`);
}
console.log("Ask next:", ask_next[0]?.question);
assert.ok(options.some(({ standing }) => standing === "avoid"));

const mistake = await makeMistake();
console.log("\nThe form shows:", ...explain(mistake));
assert.equal(mistake.problem.type, "about:blank");
assert.deepEqual(
  mistake.problem.errors.map(({ pointer }) => pointer),
  ["/profile/age"],
);

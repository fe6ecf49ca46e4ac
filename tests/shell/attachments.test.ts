import { describe, expect, test } from "vitest";
import { attachmentUrl, fetchAttachments, fetchingLabel } from "../../src/shell/attachments.ts";

const place = { base: "https://example.org/app/", folder: "notebooks/" };

describe("where a name lies", () => {
  test.each([
    ["counts.csv", "https://example.org/app/notebooks/counts.csv"],
    ["../data/hsmm.arrow.gz", "https://example.org/app/data/hsmm.arrow.gz"],
    ["a b.csv", "https://example.org/app/notebooks/a%20b.csv"],
    ["a?x=1.csv", "https://example.org/app/notebooks/a%3Fx%3D1.csv"],
    ["a#b.csv", "https://example.org/app/notebooks/a%23b.csv"],
  ])("%s is fetched without query from the notebook's folder", (name, href) => {
    const found = attachmentUrl(name, place);
    expect("url" in found && found.url.href).toBe(href);
    expect("url" in found && found.url.search).toBe("");
  });

  test.each([
    "https://evil.example/x?d=1",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "data:,x",
    "../../x",
    "/x",
    "../../app-other/x",
  ])("%s is not fetched", (name) => expect(attachmentUrl(name, place)).toHaveProperty("error"));
});

describe("fetching", () => {
  test("each name once, with its bytes", async () => {
    const asked: string[] = [];
    const kept: string[] = [];
    const files = await fetchAttachments(["a.csv", "../data/b.gz", "a.csv"], {
      ...place,
      fetch: async (input) => {
        asked.push(String(input));
        return new Response("bytes");
      },
      onFetched: (path) => kept.push(path),
    });
    expect(asked).toEqual([
      "https://example.org/app/notebooks/a.csv",
      "https://example.org/app/data/b.gz",
    ]);
    expect(files.map(({ name }) => name)).toEqual(["a.csv", "../data/b.gz"]);
    expect(await files[0].blob?.text()).toBe("bytes");
    expect(kept).toEqual(["notebooks/a.csv", "data/b.gz"]);
  });

  test.each([
    ["a missing file", async () => new Response("", { status: 404 }), /no such file: x.csv/],
    [
      "a page in place of a missing file",
      async () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      /no such file: x.csv/,
    ],
    ["a server's error", async () => new Response("", { status: 500 }), /500/],
    ["no network", () => Promise.reject(new TypeError("failed")), /offline/],
  ])("%s is a value with its reason", async (_name, get, reason) => {
    const [file] = await fetchAttachments(["x.csv"], { ...place, fetch: get as typeof fetch });
    expect(file).toMatchObject({ name: "x.csv", blob: null });
    expect(file.error).toMatch(reason);
  });

  test("tells how far it is, and stops", async () => {
    const labels: string[] = [];
    const controller = new AbortController();
    const body = () =>
      new ReadableStream<Uint8Array>({
        // Slower than progress is told, so that every chunk is told.
        async pull(stream) {
          await new Promise((resolve) => setTimeout(resolve, 60));
          stream.enqueue(new Uint8Array(1_000_000));
        },
      });
    const fetching = fetchAttachments(["../data/hsmm.arrow.gz"], {
      ...place,
      signal: controller.signal,
      fetch: async () => new Response(body(), { headers: { "content-length": "21000000" } }),
      onProgress: ({ label, done }) => {
        labels.push(label);
        if (done >= 12e6) controller.abort();
      },
    });
    await expect(fetching).rejects.toMatchObject({ name: "AbortError" });
    expect(labels.at(-1)).toBe("fetching hsmm.arrow.gz, 12 of 21 MB");
  });

  test("a label without a known total, and one across units", () => {
    expect(fetchingLabel("x", 1200, 0)).toBe("fetching x, 1.2 kB");
    expect(fetchingLabel("x", 500_000, 21e6)).toBe("fetching x, 500 kB of 21 MB");
  });
});

using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>A dataset from upload to its third version, as a client sees it.</summary>
public sealed class VersionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private Inhabitant Jonas => republic.Jonas;

    private static readonly string[] Counts =
    [
        "malformed",
        "exact_duplicates",
        "near_duplicates",
        "too_short",
        "too_long",
        "low_quality",
        "dropped",
    ];

    [Fact]
    public async Task The_counts_say_what_became_of_every_row()
    {
        var file = Encoding.UTF8.GetString(DatasetWorld.Pairs(20, "rivers")).TrimEnd().Split('\n').ToList();
        file.Insert(5, "{\"prompt\": \"cut off");
        file.Add(file[0]);
        file.Add("""{"prompt": "a", "completion": "b"}""");

        var dataset = await MakeAsync(string.Join('\n', file));

        Assert.Equal("ready", Text(dataset, "status"));
        Assert.Equal("pairs", Text(dataset, "format"));
        var stats = dataset["stats"]!;
        Assert.Equal(23, Number(stats, "rows"));
        Assert.Equal((1, 1, 1), (Number(stats, "malformed"), Number(stats, "exact_duplicates"), Number(stats, "too_short")));
        Assert.Equal(23, Number(dataset, "sample_count") + Counts.Sum(count => Number(stats, count)));
        Assert.Equal(6, Number(dataset["errors"]![0]!, "line"));
        Assert.Equal(1, dataset["progress"]!.GetValue<double>());
    }

    [Fact]
    public async Task Rows_are_seen_searched_and_downloaded()
    {
        var dataset = await MakeAsync(Encoding.UTF8.GetString(DatasetWorld.Pairs(12, "lakes")));
        var path = PathOf(dataset);

        var page = await Jonas.Api.GetAsync($"{path}/preview?limit=5");
        var found = await Jonas.Api.GetAsync($"{path}/preview?search=LAKES%2011%20GOOD");
        using var download = await Jonas.Api.SendAsync(HttpMethod.Get, $"{path}/download?version=1");
        var samples = await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal((5, 12, 5), (page["rows"]!.AsArray().Count, Number(page, "total"), Number(page, "next")));
        Assert.Equal(11, Number(Assert.Single(found["rows"]!.AsArray())!, "position"));
        Assert.Equal(12, Encoding.UTF8.GetString(samples).TrimEnd().Split('\n').Length);
        Assert.Equal(Text(dataset, "sha256"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(samples)));
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(1, Number(await Jonas.Api.GetAsync($"{path}/statistics"), "version"));
        await Jonas.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/preview?version=7");
    }

    [Fact]
    public async Task Edited_rows_wait_become_a_version_and_stay_edited_when_the_thresholds_change()
    {
        var dataset = await MakeAsync(Encoding.UTF8.GetString(DatasetWorld.Pairs(10, "hills")));
        var path = PathOf(dataset);
        var rows = (await Jonas.Api.GetAsync($"{path}/preview"))["rows"]!.AsArray();
        var (edited, dropped) = (Text(rows[2]!, "hash"), Text(rows[3]!, "hash"));

        var messages = new[] { new { role = "user", content = "Written by hand?" }, new { role = "assistant", content = "Yes, by hand." } };
        await Jonas.Api.PutAsync($"{path}/changes/{edited}", new { messages });
        await Jonas.Api.PutAsync($"{path}/changes/{dropped}", new { messages = (object?)null });
        await Jonas.Api.PutAsync($"{path}/changes/{Text(rows[4]!, "hash")}", new { messages = (object?)null });
        await Jonas.Api.DeleteAsync($"{path}/changes/{Text(rows[4]!, "hash")}");
        var waiting = await ReadAsync(dataset);
        var second = await NextAsync(dataset, null);

        Assert.Equal((2, 1), (Number(waiting, "pending_changes"), Number(waiting, "version")));
        Assert.Equal((2, 9, 0), (Number(second, "version"), Number(second, "sample_count"), Number(second, "pending_changes")));
        Assert.Equal(10, Number(second["stats"]!, "rows"));
        Assert.Equal(1, Number(second["stats"]!, "dropped"));
        var diff = await Jonas.Api.GetAsync($"{path}/diff");
        Assert.Equal((0, 1, 1), (Number(diff, "added"), Number(diff, "removed"), Number(diff, "changed")));
        // Other thresholds: made of the source, with the same rows by hand.
        var third = await NextAsync(dataset, new { min_text_length = 5, validation_share = 0.2 });
        Assert.Equal((3, 9), (Number(third, "version"), Number(third, "sample_count")));
        Assert.Single((await Jonas.Api.GetAsync($"{path}/preview?search=written%20by%20hand"))["rows"]!.AsArray());
        var versions = (await Jonas.Api.GetAsync($"{path}/versions"))["versions"]!.AsArray();
        Assert.Equal(["settings", "edits", "upload"], versions.Select(v => Text(v!, "origin")));
        Assert.Equal(10, (await Jonas.Api.GetAsync($"{path}/preview?version=1"))["rows"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_row_that_was_edited_twice_stays_as_it_was_last_when_the_thresholds_change()
    {
        var dataset = await MakeAsync(Encoding.UTF8.GetString(DatasetWorld.Pairs(6, "caves")));
        var path = PathOf(dataset);
        var untouched = (await Jonas.Api.GetAsync($"{path}/preview"))["rows"]![1]!;
        await EditAsync(untouched, "the first time");
        await NextAsync(dataset, null);
        await EditAsync((await Jonas.Api.GetAsync($"{path}/preview?search=the%20first%20time"))["rows"]![0]!, "the second time");
        await NextAsync(dataset, null);

        var again = await NextAsync(dataset, new { max_text_length = 9000 });

        Assert.Equal((4, 6), (Number(again, "version"), Number(again, "sample_count")));
        Assert.Empty((await Jonas.Api.GetAsync($"{path}/preview?search=the%20first%20time"))["rows"]!.AsArray());
        Assert.Single((await Jonas.Api.GetAsync($"{path}/preview?search=the%20second%20time"))["rows"]!.AsArray());

        async Task EditAsync(JsonNode row, string words)
        {
            var messages = new[]
            {
                new { role = "user", content = $"Written {words}?" },
                new { role = "assistant", content = "Yes, it was." },
            };
            await Jonas.Api.PutAsync($"{path}/changes/{Text(row, "hash")}", new { messages });
        }
    }

    [Fact]
    public async Task The_effect_of_thresholds_is_shown_before_anything_is_saved()
    {
        var dataset = await MakeAsync(Encoding.UTF8.GetString(DatasetWorld.Pairs(10, "woods")) + """{"prompt": "a", "completion": "b"}""");
        var path = PathOf(dataset);

        var effect = await Jonas.Api.PostAsync($"{path}/dry-run", new { min_text_length = 1 });
        var refused = await Jonas.Api.ProblemAsync(400, HttpMethod.Post, $"{path}/dry-run", new { near_duplicate_threshold = 7 });
        var nothing = await Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"{path}/versions");

        Assert.Equal((11, 0), (Number(effect, "sample_count"), Number(effect["stats"]!, "too_short")));
        Assert.NotNull(refused["errors"]!["near_duplicate_threshold"]);
        Assert.Contains("No row has been changed", nothing["detail"]!.GetValue<string>());
        Assert.Equal(10, Number(await ReadAsync(dataset), "sample_count"));
    }

    [Fact]
    public async Task The_effect_of_thresholds_counts_the_rows_that_were_edited_and_dropped_as_the_version_then_does()
    {
        var dataset = await MakeAsync(Encoding.UTF8.GetString(DatasetWorld.Pairs(20, "moors")));
        var path = PathOf(dataset);
        var rows = (await Jonas.Api.GetAsync($"{path}/preview"))["rows"]!.AsArray();
        foreach (var row in rows.Take(3))
        {
            await Jonas.Api.PutAsync($"{path}/changes/{Text(row!, "hash")}", new { messages = (object?)null });
        }

        // This row now says what another one says already.
        await Jonas.Api.PutAsync($"{path}/changes/{Text(rows[4]!, "hash")}", new { messages = rows[5]!["messages"] });
        await NextAsync(dataset, null);

        var effect = await Jonas.Api.PostAsync($"{path}/dry-run", new { min_text_length = 11 });
        var version = await NextAsync(dataset, new { min_text_length = 11 });

        Assert.Equal(
            (16, 3, 1),
            (Number(effect, "sample_count"), Number(effect["stats"]!, "dropped"), Number(effect["stats"]!, "exact_duplicates"))
        );
        Assert.Equal(Number(effect, "sample_count"), Number(version, "sample_count"));
        Assert.Equal(effect["stats"]!.ToJsonString(), version["stats"]!.ToJsonString());
    }

    [Fact]
    public async Task A_mapping_that_does_not_fit_is_refused_by_its_field_and_the_one_that_works_stays()
    {
        var made = await DatasetWorld.MakeAsync(
            Jonas,
            "prompt,answer,extra\nWhat is the weather today?,It rains a little.,A\n"u8.ToArray(),
            "weather.csv"
        );
        await NextAsync(made, new { mapping = new { prompt = "prompt", answer = "answer" } });

        var mapping = new { prompt = "prompt", answer = "nosuch" };
        var refused = await Jonas.Api.ProblemAsync(400, HttpMethod.Post, $"{PathOf(made)}/versions", new { mapping });

        Assert.Contains("prompt, answer, extra", refused["errors"]!["answer"]!.ToJsonString());
        var dataset = await ReadAsync(made);
        Assert.Equal(("ready", 2, "answer"), (Text(dataset, "status"), Number(dataset, "version"), Text(dataset["mapping"]!, "answer")));
    }

    [Fact]
    public async Task A_table_is_looked_at_mapped_and_mapped_otherwise()
    {
        const string Table =
            "frage;antwort;wer\nWie ist das Wetter heute?;Es regnet ein wenig.;A\nWo liegt Bern denn genau?;In der Schweiz, an der Aare.;B\n";
        using var head = new ByteArrayContent(Encoding.UTF8.GetBytes(Table));
        using var look = await Jonas.Api.Http.PostAsync(DatasetWorld.PathOf(Jonas, "/look"), head, TestContext.Current.CancellationToken);
        var columns = JsonNode.Parse(await look.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["table"]!["columns"]!;
        using var form = DatasetWorld.Form(("fragen.csv", Encoding.UTF8.GetBytes(Table)));
        form.Add(new StringContent("""{"prompt": "frage", "answer": "antwort"}"""), "mapping");
        var (_, body) = await DatasetWorld.SendAsync(Jonas, form);

        var dataset = await DatasetWorld.EndOfAsync(Jonas, Text(body["dataset"]!, "id"));
        var other = await NextAsync(dataset, new { mapping = new { prompt = "antwort", answer = "frage" } });

        Assert.Equal(["frage", "antwort", "wer"], columns.AsArray().Select(c => c!.GetValue<string>()));
        Assert.Equal(("csv", 2), (Text(dataset, "format"), Number(dataset, "sample_count")));
        Assert.Equal("antwort", Text(other["mapping"]!, "prompt"));
        var row = (await Jonas.Api.GetAsync($"{PathOf(dataset)}/preview"))["rows"]![0]!;
        Assert.Equal("Es regnet ein wenig.", Text(row["messages"]![0]!, "content"));
    }

    [Fact]
    public async Task What_is_cancelled_leaves_no_version_and_can_be_made_later()
    {
        using var form = DatasetWorld.Form(("long.jsonl", DatasetWorld.Pairs(100_000, "seas")));
        var (_, body) = await DatasetWorld.SendAsync(Jonas, form);
        var path = PathOf(body["dataset"]!);
        await Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"{path}/versions", new { seed = 2 });

        var cancelled = (await Jonas.Api.PostAsync($"{path}/cancel"))["dataset"]!;

        Assert.Equal("failed", Text(cancelled, "status"));
        Assert.Contains("cancelled", Text(cancelled, "error"));
        Assert.True(cancelled["is_cancelled"]!.GetValue<bool>());
        var browser = await Jonas.BrowserAsync();
        var pages = $"/datasets/{Text(cancelled, "id")}";
        Assert.Contains("Cancelled</span>", await browser.ReadAsync("/datasets"));
        Assert.Contains("Start again", await browser.ReadAsync(pages));
        using (var compare = await browser.Http.GetAsync($"{pages}/compare?before=1&after=2", TestContext.Current.CancellationToken))
        {
            Assert.Equal(pages, compare.Headers.Location?.ToString());
        }

        var folder = Path.Combine(republic.DataFolder, "datasets", Text(cancelled, "id"));
        await Until.TrueAsync(() => Directory.GetDirectories(folder).Length == 0);
        await Jonas.Api.PostAsync($"{path}/retry");
        var made = await DatasetWorld.EndOfAsync(Jonas, Text(cancelled, "id"));
        Assert.Equal(("ready", 100_000), (Text(made, "status"), Number(made["stats"]!, "rows")));
        await Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"{path}/retry");
    }

    [Fact]
    public async Task A_file_of_nothing_usable_fails_with_a_reason_and_can_be_deleted()
    {
        var dataset = await MakeAsync("just some words\nand more of them\n");

        Assert.Equal("failed", Text(dataset, "status"));
        Assert.NotEmpty(Text(dataset, "error"));
        await Jonas.Api.ProblemAsync(409, HttpMethod.Get, $"{PathOf(dataset)}/preview");
        await Jonas.Api.DeleteAsync(PathOf(dataset));
        await Jonas.Api.ProblemAsync(404, HttpMethod.Get, PathOf(dataset));
        Assert.False(Directory.Exists(Path.Combine(republic.DataFolder, "datasets", Text(dataset, "id"))));
    }

    private Task<JsonNode> MakeAsync(string file) => DatasetWorld.MakeAsync(Jonas, Encoding.UTF8.GetBytes(file));

    private Task<JsonNode> ReadAsync(JsonNode dataset) => DatasetWorld.ReadAsync(Jonas, Text(dataset, "id"));

    private async Task<JsonNode> NextAsync(JsonNode dataset, object? settings)
    {
        using var asked = await Jonas.Api.SendAsync(HttpMethod.Post, $"{PathOf(dataset)}/versions", settings);
        var text = await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(asked.StatusCode == System.Net.HttpStatusCode.Accepted, text);
        return await DatasetWorld.EndOfAsync(Jonas, Text(dataset, "id"));
    }

    private string PathOf(JsonNode dataset) => DatasetWorld.PathOf(Jonas, $"/{Text(dataset, "id")}");

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    private static int Number(JsonNode node, string field) => node[field]!.GetValue<int>();
}

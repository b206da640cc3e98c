using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Republic.Web.Cli;

/// <summary>The demo's run: a dataset of sixty rows in a sailor's manner, real weights, and what came of it.</summary>
internal static class DemoTraining
{
    private const string Rows = "demo.jsonl";

    public static async Task RunAsync(DemoClient api, JsonNode minion)
    {
        var user = (await api.GetAsync("/api/account/me"))["id"]!.GetValue<Guid>();
        var dataset = await DatasetAsync(api, user);
        var jobs = $"/api/users/{user}/external-training/jobs";
        var made = await api.PostAsync(
            jobs,
            new
            {
                job_name = "A sailor's manner",
                minion_id = minion["id"]!.GetValue<Guid>(),
                training_type = "lora_only",
                dataset_ids = new[] { dataset },
            }
        );
        var job = $"{jobs}/{made["job"]!["id"]}";
        await api.PostAsync(job + "/start", new { });
        Report(await FollowAsync(api, job));
    }

    private static async Task<Guid> DatasetAsync(DemoClient api, Guid user)
    {
        var datasets = $"/api/users/{user}/training-datasets";
        await using var rows =
            typeof(DemoTraining).Assembly.GetManifestResourceStream(Rows)
            ?? throw new InvalidOperationException($"The resource {Rows} is missing.");
        var file = new StreamContent(rows);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = "sailor.jsonl" };
        using var form = new MultipartFormDataContent { file };
        var id = (await api.SendAsync(datasets, form))["dataset"]!["id"]!.GetValue<Guid>();
        JsonNode dataset;
        do
        {
            await Task.Delay(100);
            dataset = (await api.GetAsync($"{datasets}/{id}"))["dataset"]!;
        } while (dataset["status"]!.GetValue<string>() == "processing");

        Console.WriteLine();
        Console.WriteLine($"The dataset has {dataset["sample_count"]} usable rows of {dataset["stats"]!["rows"]}.");
        return id;
    }

    /// <summary>Says each step as it is done, until the last.</summary>
    private static async Task<JsonNode> FollowAsync(DemoClient api, string job)
    {
        for (var told = 0; ; )
        {
            var now = (await api.GetAsync(job))["job"]!;
            var steps = now["steps"]!.AsArray();
            for (; told < steps.Count && steps[told]!["status"]!.GetValue<string>() == "completed"; told++)
            {
                Console.WriteLine(
                    $"  {told} {steps[told]!["name"]!.GetValue<string>().Replace('_', ' '), -24} {Number(steps[told]!["seconds"], "0.0")} s"
                );
            }

            switch (now["status"]!.GetValue<string>())
            {
                case "COMPLETED":
                    return now["report"]!;
                case "FAILED" or "STOPPED" or "PAUSED":
                    throw new InvalidOperationException($"The run ended early: {now["error_message"]}");
            }

            await Task.Delay(200);
        }
    }

    private static void Report(JsonNode report)
    {
        var interval = report["interval"]!;
        Console.WriteLine();
        Console.WriteLine($"Loss of {report["questions"]!.AsArray().Count} held-out rows, before and after:");
        Console.WriteLine(
            $"  {Number(report["validation_loss_before"], "0.00")} → {Number(report["validation_loss_after"], "0.00")} nats per token"
        );
        Console.WriteLine(
            $"  better by {Number(interval["low"], "0.00")} to {Number(interval["high"], "0.00")}, at 95 %: {report["verdict"]!.GetValue<string>().Replace('_', ' ')}"
        );
        Console.WriteLine($"{report["conclusion"]}");
        Console.WriteLine($"{Number(report["xp_gained"], "0")} XP in {Number(report["duration_seconds"], "0")} s.");
    }

    private static string Number(JsonNode? value, string format) =>
        value?.GetValue<double>().ToString(format, CultureInfo.InvariantCulture) ?? "–";
}

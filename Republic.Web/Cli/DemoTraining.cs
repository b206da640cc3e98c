using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Training;
using Republic.Core.Training.Reports;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli;

/// <summary>The demo's run: a dataset of sixty rows in a sailor's manner, real weights, and what came of it.</summary>
internal static class DemoTraining
{
    private const string Rows = "demo.jsonl";
    private const int ShownLost = 3;

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
                    $"  {told + 1} {steps[told]!["name"]!.GetValue<string>().Replace('_', ' '), -24} {Number(steps[told]!["seconds"], "0.0")} s"
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

    private static void Report(JsonNode json)
    {
        var report = json.Deserialize<TrainingReport>(TrainingJson.Options)!;
        Console.WriteLine();
        Console.WriteLine($"{VerdictWords.Heading(report)}.");
        Console.WriteLine(report.Conclusion);
        Console.WriteLine(
            $"  Loss of {report.Questions.Count} held-out rows in {report.Groups} groups: {Number(report.ValidationLossBefore, "0.00")} → {Number(report.ValidationLossAfter, "0.00")} nats a token,"
        );
        Console.WriteLine($"  closer by {Number(report.Interval?.Low, "0.00")} to {Number(report.Interval?.High, "0.00")}, at 95 %.");
        foreach (var lost in report.Retention?.Lost.Take(ShownLost) ?? [])
        {
            Console.WriteLine($"  Lost: {lost.Prompt} ({lost.Reason})");
        }

        foreach (var warning in report.Warnings)
        {
            Console.WriteLine($"  Note: {warning}");
        }

        Console.WriteLine(
            report.Promoted
                ? $"{Figures.Xp(report.XpGained)} XP in {Number(report.DurationSeconds, "0")} s."
                : $"No XP, for nothing went live. It took {Number(report.DurationSeconds, "0")} s."
        );
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static string Number(JsonNode? value, string format) =>
        value?.GetValue<double>().ToString(format, CultureInfo.InvariantCulture) ?? "–";
}

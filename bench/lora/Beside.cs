using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Republic.Core.Data;
using Republic.Core.Inference;
using Republic.Core.Inference.Supervision;
using Republic.Core.Lora;
using Republic.Core.Lora.Progress;
using Republic.Core.Trainer;

namespace Republic.Bench;

/// <summary>
/// What chat and training cost each other in the app: its own supervisors, child processes and scheduler of threads. In turns
/// within each round, seconds apart, so that other work on the machine falls on all of them: answers alone, training alone, both.
/// </summary>
internal sealed class Beside(string executable, string model, string rows, int rounds, TimeSpan turn) : IProgress<TrainingProgress>
{
    private const int AnswerTokens = 100;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-");
    private TrainingRun? run;
    private StepCompleted? last;
    private long lastAt;

    public void Report(TrainingProgress value)
    {
        if (value is StepCompleted step)
        {
            (lastAt, last) = (Stopwatch.GetTimestamp(), step);
        }
    }

    public async Task RunAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["ModelHost:Executable"] = Path.GetFullPath(executable);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new DataFolder(folder.FullName));
        builder.Services.AddTrainer();
        builder.Services.AddModelHost(builder.Configuration);
        using var host = builder.Build();
        File.Copy(model, Path.Combine(folder.CreateSubdirectory("models").FullName, "asked.gguf"));
        await host.StartAsync();
        using var http = new HttpClient(host.Services.GetRequiredService<ModelHostSupervisor>().CreateHandler())
        {
            BaseAddress = new Uri("http://model-host"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        await AnswersAsync(http);
        run = host.Services.GetRequiredService<TrainingSupervisor>().Start(Order(), this);
        List<double> alone = [],
            training = [],
            answersBeside = [],
            trainingBeside = [];
        for (var round = 0; round < rounds; round++)
        {
            await StepsAsync(2);
            training.Add((await TrainedAsync(NothingAsync())).Training);
            var both = await TrainedAsync(AnswersAsync(http));
            trainingBeside.Add(both.Training);
            answersBeside.Add(both.Answers);
            await run.PauseAsync();
            alone.Add(await AnswersAsync(http));
            run.Resume();
        }

        await run.StopAsync();
        await host.StopAsync();
        folder.Delete(recursive: true);
        Print("answers", alone, answersBeside);
        Print("training", training, trainingBeside);
    }

    private async Task<(double Training, double Answers)> TrainedAsync(Task<double> meanwhile)
    {
        await StepsAsync(1);
        var (from, since) = (last!.Tokens, lastAt);
        var answers = await meanwhile;
        var (to, until) = (last!.Tokens, lastAt);
        return ((to - from) / Stopwatch.GetElapsedTime(since, until).TotalSeconds, answers);
    }

    private async Task<double> NothingAsync()
    {
        await Task.Delay(turn);
        return 0;
    }

    private TrainingOrder Order() =>
        new(
            new LoraRun(Path.GetFullPath(model), Path.GetFullPath(rows), Path.Combine(folder.FullName, "adapter.gguf"))
            {
                Settings = new LoraSettings
                {
                    Epochs = 1000,
                    // Steps are short beside a turn on a large model, too.
                    BatchSize = 1,
                    EarlyStoppingPatience = 0,
                    ValidationShare = 0,
                },
                Resume = true,
            }
        );

    private async Task StepsAsync(int count)
    {
        var seen = last;
        for (; count > 0; seen = last, count--)
        {
            while (ReferenceEquals(last, seen))
            {
                await Task.Delay(5);
                if (run?.Problem is { } problem)
                {
                    throw new InvalidOperationException(problem);
                }
            }
        }
    }

    /// <summary>One answer after another, as one person asks, until the turn is over: tokens a second of the answers' own time.</summary>
    private async Task<double> AnswersAsync(HttpClient http)
    {
        var (tokens, seconds, begun) = (0.0, 0.0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begun) < turn)
        {
            var body = new
            {
                model = "asked",
                temperature = 0,
                max_tokens = AnswerTokens,
                ignore_eos = true,
                messages = new[] { new { role = "user", content = "Tell me a story." } },
            };
            using var response = await http.PostAsJsonAsync("/v1/chat/completions", body);
            response.EnsureSuccessStatusCode();
            var timings = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("timings");
            tokens += timings.GetProperty("predicted_n").GetInt32();
            seconds += timings.GetProperty("predicted_ms").GetDouble() / 1000;
        }

        return tokens / seconds;
    }

    private static void Print(string what, List<double> alone, List<double> beside)
    {
        var ratios = beside.Zip(alone, (one, other) => one / other).Order().ToList();
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {what} | {Median(alone):F0} | {Median(beside):F0} | {Median(ratios):F2} ({ratios[0]:F2} to {ratios[^1]:F2}) |"
            )
        );
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

using System.Text;
using Microsoft.Extensions.AI;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Loads the model and asks it something: nothing less tells that it can be used, and how fast it is on this machine.</summary>
internal sealed class TestStage(
    ModelRouter router,
    ProviderCatalog providers,
    ModelFits fits,
    HostModels host,
    InstalledModels installed,
    TimeProvider time
) : IInstallStage
{
    private const string Question = "Introduce yourself in two or three sentences.";

    /// <summary>The time between tokens is believed from a tenth of the whole on.</summary>
    private const int LeastShare = 10;

    private static readonly ChatOptions OneToken = new() { MaxOutputTokens = 1 };

    /// <summary>Sampling is that of a chat. The seed lets a file pass each time or never.</summary>
    private static readonly ChatOptions Short = new() { MaxOutputTokens = 64, Seed = 1 };

    public ModelState State => ModelState.Testing;

    public async Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        var target = new ModelTarget(providers.ModelHost, model.Name, null, null)
        {
            OwnModels = new Dictionary<string, InstalledModel> { [model.Name] = await installed.OfAsync(model, ct) },
        };
        var route = ModelRoute.Test(target, model.OwnerId, minion: null);
        try
        {
            run.Report(1, "Loading it into memory");
            var wasSlowed = host.IsSlowed;
            var before = await host.NowAsync(ct);
            var started = time.GetTimestamp();
            _ = await TryAsync(model, route, OneToken, ct);
            var loaded = time.GetElapsedTime(started);
            run.Report(1, "Asking it something");
            var trial = await TryAsync(model, route, Short, ct);
            var after = await host.NowAsync(ct);
            var isSlowed = wasSlowed || host.IsSlowed;
            if (string.IsNullOrWhiteSpace(trial.Answer))
            {
                return StageResult.Failed("It was loaded, and answered nothing. It may be no model for conversations; try another one.");
            }

            // The first question cost the reading of a prompt and a token beside the load, as the second one did.
            var wasThere = before.Files.Contains(model.Sha256!);
            return StageResult.Then(
                ModelState.Ready,
                row =>
                    row.Measured =
                        isSlowed && row.Measured is { FirstTokenMs: not null } undisturbed
                            ? undisturbed
                            : new MeasuredModel(
                                wasThere ? row.Measured?.LoadS
                                    : isSlowed ? null
                                    : Math.Max(0, Math.Round((loaded - trial.FirstToken).TotalSeconds, 2)),
                                isSlowed ? null : Math.Round(trial.FirstToken.TotalMilliseconds),
                                !isSlowed && trial.TokensPerSecond is { } speed ? Math.Round(speed, 1) : null,
                                wasThere ? row.Measured?.RamBytes : Grown(model, before, after),
                                VramBytes: 0,
                                GpuLayers: 0,
                                Math.Min(fits.SettingsFor(row.ContextLength).Context, row.Facts?.ContextLength ?? int.MaxValue),
                                fits.Settings.Sequences,
                                trial.Answer.Trim(),
                                time.GetUtcNow()
                            )
            );
        }
        catch (ProviderException error)
        {
            return StageResult.Failed(error.Message);
        }
    }

    /// <summary>Bytes by which the model host's process grew; null where other models were loaded or unloaded meanwhile, or where it used freed memory again.</summary>
    private static long? Grown(PersonalModel model, HostLoad before, HostLoad after)
    {
        var isAlone = after.Files.ToHashSet(StringComparer.Ordinal).SetEquals([.. before.Files, model.Sha256!]);
        var grown = after.ProcessBytes - before.ProcessBytes;
        return isAlone && grown > model.Bytes / 2 ? grown : null;
    }

    private Task<Trial> TryAsync(PersonalModel model, ModelRoute route, ChatOptions options, CancellationToken ct) =>
        model.Facts is { MakesVectors: true } ? EmbedAsync(route, ct) : AskAsync(route, options, ct);

    private async Task<Trial> AskAsync(ModelRoute route, ChatOptions options, CancellationToken ct)
    {
        using var client = router.ChatClient(route);
        var answer = new StringBuilder();
        var started = time.GetTimestamp();
        TimeSpan? first = null;
        long tokens = 0;
        await foreach (var update in client.GetStreamingResponseAsync(Question, options, ct))
        {
            first ??= update.Text.Length > 0 ? time.GetElapsedTime(started) : null;
            answer.Append(update.Text);
            tokens = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details.OutputTokenCount ?? tokens;
        }

        var all = time.GetElapsedTime(started);
        var firstToken = first ?? all;
        return new Trial(answer.ToString(), firstToken, SpeedOf(tokens, firstToken, all));
    }

    /// <summary>Tokens a second after the first one. Where they came all at once, that time tells nothing, and that of the whole answer counts.</summary>
    internal static double SpeedOf(long tokens, TimeSpan first, TimeSpan all) =>
        tokens < 2 || (all - first) * LeastShare < all ? tokens / all.TotalSeconds : (tokens - 1) / (all - first).TotalSeconds;

    private async Task<Trial> EmbedAsync(ModelRoute route, CancellationToken ct)
    {
        using var generator = router.EmbeddingGenerator(route);
        var started = time.GetTimestamp();
        var vectors = await generator.GenerateAsync([Question], options: null, ct);
        return new Trial($"A vector of {vectors[0].Vector.Length} numbers.", time.GetElapsedTime(started), TokensPerSecond: null);
    }

    private sealed record Trial(string Answer, TimeSpan FirstToken, double? TokensPerSecond);
}

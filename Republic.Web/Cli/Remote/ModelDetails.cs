using System.Globalization;
using Republic.Core;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli.Remote;

/// <summary>The output of <c>republic show</c>: a line for each known fact of one personal model.</summary>
internal static class ModelDetails
{
    private static readonly string[] OfDownloads = ["checking", "downloading", "verifying", "installing", "testing"];
    private static readonly string[] OfCopies = ["quantizing", "verifying", "installing", "testing"];

    /// <param name="address">The address of the server, without a slash at its end.</param>
    public static string Of(RemoteModel model, string address)
    {
        (string Label, string? Value)[] facts =
        [
            ("Name", model.Name),
            ("Id", model.Id),
            ("Model", model.Source),
            ("Status", model.Progress),
            ("Stages", StagesOf(model.Status, model.QuantizedFrom is null ? OfDownloads : OfCopies)),
            ("Error", model.Error),
            ("Quarantine", Quarantine(model.Quarantined)),
            ("Verdict", Verdict(model)),
            ("Estimate", Estimate(model.Estimate)),
            ("Measured", Measured(model.Measured)),
            ("In memory", Kept(model)),
            ("Context", model.ContextLength is { } tokens ? Figures.Count(tokens, "token") : null),
            ("Size", model.Size),
            ("File", model.LocalPath),
            ("SHA-256", model.Sha256),
            ("Source", model.SourceUrl),
            ("Copy of", model.QuantizedFrom),
            ("Used", model.UsageCount is { } used ? Figures.Count(used, "answer") : null),
            ("Score", model.PerformanceScore is { } score ? Figures.Number(score) : null),
            ("Training", Training(model)),
            ("Added", Date(model.CreatedAt)),
            ("Changed", Date(model.UpdatedAt)),
            ("Page", $"{address}/personal-models/{model.Id}"),
        ];
        var known = facts.Select(fact => (fact.Label, Value: RemoteText.OneLine(fact.Value))).Where(fact => fact.Value.Length > 0).ToList();
        var width = known.Max(fact => fact.Label.Length) + 2;
        return string.Join('\n', known.Select(fact => fact.Label.PadRight(width) + fact.Value));
    }

    public static string? Measured(RemoteMeasurement? measured) =>
        measured is null
            ? null
            : string.Join(
                ", ",
                new[]
                {
                    measured.TokensPerS is { } speed ? Figures.Speed(speed) : "",
                    measured.FirstTokenMs is { } first ? $"first token after {Figures.Seconds(first)}" : "",
                    measured.LoadS is { } load ? $"loaded in {Figures.Seconds(load * 1000)}" : "",
                    Known((measured.RamBytes, "of memory"), (measured.VramBytes > 0 ? measured.VramBytes : null, "of graphics memory")),
                    measured.GpuLayers is > 0 and var layers ? Figures.Count(layers, "layer") + " on the GPU" : "",
                }.Where(part => part.Length > 0)
            );

    public static string? Date(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string? StagesOf(string? status, string[] stages)
    {
        var at = status switch
        {
            "pending" => -1,
            "paused" => Array.IndexOf(stages, stages == OfCopies ? "quantizing" : "downloading"),
            "ready" => stages.Length,
            _ => Array.IndexOf(stages, status) is >= 0 and var found ? found : (int?)null,
        };
        return at is null
            ? null
            : string.Join(
                ", ",
                stages.Select(
                    (stage, i) =>
                        i < at ? $"{stage} done"
                        : i == at ? $"{stage} now"
                        : $"{stage} to come"
                )
            );
    }

    private static string? Verdict(RemoteModel model)
    {
        var words = model.Verdict switch
        {
            "fits_gpu" => "fits on the GPU",
            "fits_partly" => "fits, part of it on the GPU",
            "fits_ram" => "fits in memory",
            "does_not_fit" => "does not fit",
            "cannot_tell" => "cannot tell",
            var other => other,
        };
        var anyway = model.LoadAnyway == true && words is not null ? " (loaded anyway)" : "";
        return model.Reason is { Length: > 0 } reason && words is not null ? $"{words}{anyway}. {reason}" : words + anyway;
    }

    private static string? Estimate(RemoteEstimate? estimate)
    {
        if (estimate is null)
        {
            return null;
        }

        var parts = Known(
            (estimate.Weights, "weights"),
            (estimate.Kv, "cache"),
            (estimate.State > 0 ? estimate.State : null, "state"),
            (estimate.Compute, "compute")
        );
        return estimate.Need is { } need && parts.Length > 0 ? $"{ByteSize.Of(need)} in all: {parts}"
            : estimate.Need is { } all ? ByteSize.Of(all)
            : parts;
    }

    private static string Known(params (long? Bytes, string Words)[] sizes) =>
        string.Join(", ", sizes.Where(size => size.Bytes is not null).Select(size => $"{ByteSize.Of(size.Bytes!.Value)} {size.Words}"));

    private static string? Quarantine(RemoteQuarantine? quarantine)
    {
        var (since, reason) = (Date(quarantine?.At), RemoteText.OneLine(quarantine?.Reason));
        return quarantine is null
            ? null
            : $"not loaded{(since is null ? "" : $" since {since}")}{(reason.Length > 0 ? $": {reason.TrimEnd('.')}." : ".")} republic resume tries it again.";
    }

    private static string? Kept(RemoteModel model) =>
        model.Pinned == true ? "once loaded, until it is unpinned"
        : model.KeepAliveMinutes is { } minutes ? $"for {Figures.Count(minutes)} min without being used"
        : null;

    private static string? Training(RemoteModel model) =>
        model.FineTuneVersion is > 0 and var version
            ? $"version {version}{(Date(model.LastTrainingDate) is { } date ? $", {date}" : "")}"
            : null;
}

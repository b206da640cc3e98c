using System.Globalization;
using System.Text.Json;
using Republic.Core;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli.Remote;

/// <summary>
/// A personal model as <c>/api/personal-models</c> sends it. Every member may be missing, because the server may be older or newer than
/// this command.
/// </summary>
internal sealed record RemoteModel
{
    public string? Id { get; init; }

    public string? ModelId { get; init; }

    public string? CustomName { get; init; }

    public string? Variant { get; init; }

    public string? Status { get; init; }

    /// <summary>The share of the file that is downloaded, 0 to 1.</summary>
    public double? DownloadProgress { get; init; }

    public long? BytesDone { get; init; }

    public long? BytesTotal { get; init; }

    public double? BytesPerSecond { get; init; }

    public double? EtaSeconds { get; init; }

    /// <summary>The size of the file in decimal gigabytes.</summary>
    public double? ModelSizeGb { get; init; }

    public string? Error { get; init; }

    public string? Verdict { get; init; }

    public string? Reason { get; init; }

    public RemoteEstimate? Estimate { get; init; }

    public RemoteMeasurement? Measured { get; init; }

    public bool? LoadAnyway { get; init; }

    public string? LocalPath { get; init; }

    public string? SourceUrl { get; init; }

    public string? Sha256 { get; init; }

    public int? FineTuneVersion { get; init; }

    public DateTimeOffset? LastTrainingDate { get; init; }

    public double? PerformanceScore { get; init; }

    public long? UsageCount { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether it stays in memory once it is loaded.</summary>
    public bool? Pinned { get; init; }

    /// <summary>The minutes for which it stays in memory without being used; null for the default.</summary>
    public int? KeepAliveMinutes { get; init; }

    /// <summary>The context in tokens; null for the default.</summary>
    public int? ContextLength { get; init; }

    /// <summary>The id of the model that it is a smaller copy of.</summary>
    public string? QuantizedFrom { get; init; }

    /// <summary>Why the server does not load it; null where it does.</summary>
    public RemoteQuarantine? Quarantined { get; init; }

    /// <summary>The reason why the download waits: a text, or the seconds.</summary>
    public JsonElement? Waiting { get; init; }

    public string Name => RemoteText.OneLine(CustomName is { Length: > 0 } ? CustomName : ModelId) is { Length: > 0 } name ? name : Id!;

    /// <summary>The id and variant as <c>republic pull</c> takes them: <c>llama-3.2-3b-instruct:Q4_K_M</c>.</summary>
    public string Source => RemoteText.OneLine(Variant is { Length: > 0 } ? $"{ModelId}:{Variant}" : ModelId);

    public long? Bytes =>
        BytesTotal is > 0 ? BytesTotal
        : ModelSizeGb is > 0 and < 1e9 ? (long)(ModelSizeGb * 1e9)
        : null;

    public string Size => Bytes is { } bytes ? ByteSize.Of(bytes) : "";

    /// <summary>
    /// The downloaded share in per cent, rounded down, so that 100 means complete. 0.29 is stored as slightly less, hence the addend.
    /// </summary>
    public int? Percent => DownloadProgress is >= 0 and <= 1 ? (int)((DownloadProgress * 100) + 1e-9) : null;

    public string State =>
        Status is "downloading" or "paused" && Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{Status} {percent} %")
        : Status is "ready" && Quarantined is not null ? "quarantined"
        : RemoteText.OneLine(Status);

    /// <summary>The state, and of a download the received bytes, the speed and the remaining time.</summary>
    public string Progress => string.Join("  ", Parts().Where(part => part.Length > 0));

    public string? WaitsFor =>
        Waiting switch
        {
            { ValueKind: JsonValueKind.String } text => RemoteText.OneLine(text.GetString()),
            { ValueKind: JsonValueKind.Number } seconds => $"waiting {seconds} s",
            { ValueKind: JsonValueKind.True } => "waiting",
            _ => null,
        };

    public string? Speed => Measured?.TokensPerS is { } speed ? Figures.Speed(speed) : null;

    private IEnumerable<string> Parts()
    {
        yield return State;
        if (Status is "downloading" or "paused")
        {
            yield return BytesDone is not { } done ? Size
            : BytesTotal is > 0 ? $"{ByteSize.Of(done)} of {Size}"
            : ByteSize.Of(done);
        }

        if (Status is "downloading")
        {
            yield return BytesPerSecond is > 0 and < long.MaxValue ? $"{ByteSize.Of((long)BytesPerSecond)}/s" : "";
            yield return EtaSeconds is >= 0 and < 1e9 ? $"{Figures.Clock(EtaSeconds.Value)} left" : "";
        }

        yield return WaitsFor ?? "";
    }
}

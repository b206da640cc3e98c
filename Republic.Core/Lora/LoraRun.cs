using System.Text.Json.Serialization;

namespace Republic.Core.Lora;

/// <summary>One adapter to be trained: from which files, how, and where it goes.</summary>
/// <param name="ModelPath">The base model, a GGUF file.</param>
/// <param name="DataPath">A conversation or a pair per line of JSON.</param>
/// <param name="AdapterPath">The GGUF file to be made. The checkpoint lies beside it until the run is over.</param>
public sealed record LoraRun(string ModelPath, string DataPath, string AdapterPath)
{
    public LoraSettings Settings { get; init; } = new();

    /// <summary>
    /// A file like the data, whose rows (at most its first 500) are held out to measure with: then all of the data is learned
    /// from, but for what is held out as well. Null holds a share of the data out.
    /// </summary>
    public string? HeldOutPath { get; init; }

    /// <summary>
    /// Prompts whose answers the new version is to keep, a list of messages per line of JSON: the version before answers them first, and
    /// its answers are learned beside the rows. Null replays nothing.
    /// </summary>
    public string? ReplayPath { get; init; }

    /// <summary>
    /// Prompts like those of <see cref="ReplayPath"/> whose answers are all learned, and none of them watched: an earlier run lost them. Null
    /// where there are none.
    /// </summary>
    public string? KeepPath { get; init; }

    /// <summary>The weights of the version before, which answers those prompts; null lets the base answer.</summary>
    public string? FormerAdapterPath { get; init; }

    /// <summary>
    /// An adapter that was trained here, whose matrices the run begins with: of the same base, and of the rank, alpha and modules of the
    /// settings (<see cref="LoraSettings.ShapedLike"/>). Null begins with a change of nothing.
    /// </summary>
    public string? InitialAdapterPath { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>The most rows that are computed at a time, where it is known that memory has no room for a batch.</summary>
    public int? RowsAtMost { get; init; }

    /// <summary>Where rows are cut, where memory has no room for even one of the usual length.</summary>
    public int? LengthAtMost { get; init; }

    /// <summary>Goes on from the checkpoint, if there is one. Without it a checkpoint is in the way.</summary>
    public bool Resume { get; init; }

    /// <summary>Replaces the adapter of a finished run. Without it that is in the way.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Leaves the last checkpoint beside the adapter, for whoever has yet to read from it what the run told.</summary>
    public bool KeepsCheckpoint { get; init; }

    /// <summary>What a crash may cost at most.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A rest after each step, in which nothing is computed.</summary>
    public TimeSpan Rest { get; init; }

    [JsonIgnore]
    public string CheckpointPath => AdapterPath + ".checkpoint";

    /// <summary>The finished adapter, while it is held against llama.cpp.</summary>
    [JsonIgnore]
    public string CandidatePath => AdapterPath + ".candidate";
}

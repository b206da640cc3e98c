using System.Text;
using Republic.Core;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Tests.Unit.Datasets;

/// <summary>An upload in a folder of its own, and what the refinery makes of it.</summary>
public sealed class Source : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("republic-dataset-").FullName;
    private int versions;

    public Source(params string[] lines)
        : this(Encoding.UTF8.GetBytes(string.Join('\n', lines))) { }

    public Source(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    public string Path => System.IO.Path.Combine(folder, "source");

    public IReadOnlyList<string> Entries =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => System.IO.Path.GetFileName(entry)).Order()];

    /// <summary>Keeps everything, unless a test is about what goes.</summary>
    public static RefinerySettings KeepAll { get; } =
        new()
        {
            MinTextLength = 0,
            NearDuplicateThreshold = 0,
            ValidationShare = 0,
        };

    public static string Pair(string prompt, string answer) =>
        System.Text.Json.JsonSerializer.Serialize(new { prompt, completion = answer });

    public string NewFolder() => System.IO.Path.Combine(folder, $"v{++versions}");

    public Outcome<RefineryResult> Run(RefinerySettings? settings = null, RowMapping? mapping = null, string? into = null) =>
        DatasetRefinery.Run(new RefineryInput(Path, into, settings ?? KeepAll, mapping), null, TestContext.Current.CancellationToken);

    public RefineryResult Counted(RefinerySettings? settings = null)
    {
        var outcome = Run(settings);
        Assert.True(outcome.Ok, outcome.Failure?.Message);
        Assert.True(outcome.Value.Counts.AddUp, outcome.Value.Counts.ToString());
        return outcome.Value;
    }

    public VersionReader Version(RefinerySettings? settings = null, RowMapping? mapping = null)
    {
        var into = NewFolder();
        var outcome = Run(settings, mapping, into);
        Assert.True(outcome.Ok, outcome.Failure?.Message);
        Assert.True(outcome.Value.Counts.AddUp, outcome.Value.Counts.ToString());
        return VersionReader.Open(into);
    }

    public VersionReader Version(RefinerySettings settings, IReadOnlyList<RowChange> changes)
    {
        var input = new RefineryInput(Path, NewFolder(), settings) { Changes = changes };
        Assert.True(DatasetRefinery.Run(input, null, TestContext.Current.CancellationToken).Ok);
        return VersionReader.Open(input.Folder!);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

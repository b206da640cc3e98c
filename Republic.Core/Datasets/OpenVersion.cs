using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets;

/// <summary>A version whose rows can be read until it is disposed of.</summary>
public sealed record OpenVersion(DatasetVersion Version, VersionReader Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}

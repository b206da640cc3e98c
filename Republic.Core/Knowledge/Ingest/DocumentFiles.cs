using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Where uploaded documents lie: <c>documents/&lt;id&gt;</c>, byte for byte.</summary>
public sealed class DocumentFiles(DataFolder data) : FileStore<Guid>(data, "documents")
{
    /// <summary>What was not uploaded.</summary>
    internal async Task WriteAsync(Guid document, byte[] bytes, CancellationToken ct)
    {
        await using var file = new UnfinishedFile(PathOf(document));
        await file.WriteAsync(bytes, ct);
        await file.FinishAsync();
    }
}

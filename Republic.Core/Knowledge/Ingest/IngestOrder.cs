using System.Text.Json;
using Republic.Core.Knowledge.Measuring;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>What a job is asked to do with a document.</summary>
/// <param name="Cuts">Reads the file and cuts it anew; else its passages stay, with all edits, and only vectors are made.</param>
/// <param name="Cause">What led to it, where it was not the document itself that is new.</param>
/// <param name="Tries">That came to nothing so far, because the embedding model did not answer.</param>
internal sealed record IngestOrder(bool Cuts, MeasureCause? Cause = null, int Tries = 0)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Default);

    /// <param name="json">Null where nothing is known of an earlier job: then all of it is done.</param>
    public static IngestOrder Of(string? json) =>
        json is null ? new IngestOrder(Cuts: true) : JsonSerializer.Deserialize<IngestOrder>(json, JsonSerializerOptions.Default)!;
}

using System.Text.Json;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>What a job is asked to do with a document.</summary>
/// <param name="Cuts">Reads the file and cuts it anew; else its passages stay, with all edits, and only vectors are made.</param>
internal sealed record IngestOrder(bool Cuts)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Default);

    /// <param name="json">Null where nothing is known of an earlier job: then all of it is done.</param>
    public static IngestOrder Of(string? json) =>
        json is null ? new IngestOrder(Cuts: true) : JsonSerializer.Deserialize<IngestOrder>(json, JsonSerializerOptions.Default)!;
}

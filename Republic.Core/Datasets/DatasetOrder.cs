using System.Text.Json;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets;

/// <summary>What a job is asked to make of a dataset.</summary>
/// <param name="Mapping">Null leaves it to the names of the columns.</param>
internal sealed record DatasetOrder(VersionOrigin Origin, RefinerySettings Settings, RowMapping? Mapping)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Default);

    public static DatasetOrder Of(string json) => JsonSerializer.Deserialize<DatasetOrder>(json, JsonSerializerOptions.Default)!;
}

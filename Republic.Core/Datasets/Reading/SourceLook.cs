using Republic.Core.Datasets.Reading.Tables;

namespace Republic.Core.Datasets.Reading;

/// <summary>What a source is, by its first bytes.</summary>
/// <param name="Kind">lines (one JSON object per line), array (one JSON array of objects) or table (CSV).</param>
/// <param name="Table">Of a table alone.</param>
public sealed record SourceLook(string Kind, TableLook? Table);

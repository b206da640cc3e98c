using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <param name="Record">Its number in the batch.</param>
/// <param name="Reason">Why it is not <see cref="RowVerdict.Good"/>.</param>
/// <param name="Start">Of its line in the batch's samples, and without a line end its <paramref name="Length"/>.</param>
internal readonly record struct ParsedRow(
    int Record,
    RowVerdict Fate,
    string? Reason,
    RowFormat Format,
    int Start,
    int Length,
    ContentHash Hash,
    Sketch Sketch,
    int Characters,
    float Quality,
    int Turns
);

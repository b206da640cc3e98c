using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Versions;

/// <param name="Position">Among the samples, counted from 0.</param>
/// <param name="Line">Of the source, counted from 1.</param>
/// <param name="Hash">Of roles and texts: 32 hexadecimal digits, the same in every version.</param>
/// <param name="Characters">Of prompts and answers.</param>
/// <param name="AboutTokens">A quarter of that.</param>
/// <param name="IsValidation">Held out to measure with.</param>
/// <param name="Repeats">How many rows of the source were left out as repeats of this one.</param>
/// <param name="Group">Rows of the version whose questions or answers are nearly equal have the same, and stand on one side.</param>
public sealed record SampleRow(
    int Position,
    int Line,
    string Hash,
    double Quality,
    int Characters,
    int AboutTokens,
    bool IsValidation,
    int Repeats,
    IReadOnlyList<RowMessage> Messages,
    int Group
);

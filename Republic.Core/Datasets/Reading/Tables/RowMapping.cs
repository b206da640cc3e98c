namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>Which columns of a table are the prompt and the answer. Columns are called as the first record calls them.</summary>
/// <param name="Input">A column that is put below the prompt, where it is not empty.</param>
public sealed record RowMapping(string Prompt, string Answer, string? System = null, string? Input = null)
{
    /// <summary>Null when it can be kept; whether a table has these columns is seen when the table is read.</summary>
    public Failure? Validate() =>
        Prompt is null || Answer is null
            ? Failure.Invalid("mapping", "A mapping names two columns at least: {\"prompt\": \"question\", \"answer\": \"reply\"}.")
        : $"{Prompt}{Answer}{System}{Input}".Contains('\0', StringComparison.Ordinal)
            ? Failure.Invalid("mapping", "The name of a column holds U+0000, a character that no text can have.")
        : null;
}

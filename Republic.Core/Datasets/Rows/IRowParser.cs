namespace Republic.Core.Datasets.Rows;

/// <summary>Turns one record of a source into messages. Keeps state between calls, so each thread has its own.</summary>
internal interface IRowParser
{
    /// <returns>Null when <paramref name="row"/> is filled; else why it cannot be, as a clause for people.</returns>
    string? Parse(ReadOnlySpan<byte> record, RowText row);
}

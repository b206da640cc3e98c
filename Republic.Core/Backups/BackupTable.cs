namespace Republic.Core.Backups;

/// <summary>A table in a backup: the bytes of PostgreSQL's <c>COPY … TO STDOUT</c> as text.</summary>
/// <param name="Columns">In the order of the bytes, without those that the database computes.</param>
/// <param name="Sha256">Of the bytes, in hexadecimal.</param>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, long Bytes, string Sha256)
{
    internal string Entry => $"tables/{Name}.copy";
}

namespace Republic.Core.Backups;

/// <summary>What was copied from one stream to another.</summary>
/// <param name="Lines">How many line feeds are in it. In PostgreSQL's text each is the end of a row.</param>
internal sealed record CopiedBytes(long Bytes, string Sha256, long Lines);

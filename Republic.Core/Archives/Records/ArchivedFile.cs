namespace Republic.Core.Archives.Records;

/// <summary>A file of a task, whose bytes are an entry of their own.</summary>
internal sealed record ArchivedFile(Guid Id, string Name, long Bytes, DateTimeOffset UploadedAt);

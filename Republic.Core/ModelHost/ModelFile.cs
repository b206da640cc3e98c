namespace Republic.Core.ModelHost;

internal sealed record ModelFile(string Id, string Path, long Bytes, DateTime ChangedUtc);

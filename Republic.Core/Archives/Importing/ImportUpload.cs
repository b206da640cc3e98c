using Republic.Core.Archives.Importing.Reading;
using Republic.Core.Files;

namespace Republic.Core.Archives.Importing;

/// <summary>Takes an archive in. What is in it is looked at by a job.</summary>
public sealed class ImportUpload(ImportFiles files, ImportQuota quota, DiskSpace disk) : FileUpload(files, quota, disk)
{
    protected override Failure? Refusal(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\u0003\u0004"u8) ? null : ArchiveRefusals.NoArchive;
}

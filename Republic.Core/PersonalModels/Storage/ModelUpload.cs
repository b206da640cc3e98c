using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>Takes GGUF files in that people have.</summary>
public sealed class ModelUpload(IncomingFiles files, ModelQuota quota, DiskSpace disk) : FileUpload(files, quota, disk)
{
    protected override Failure? Refusal(ReadOnlySpan<byte> start) =>
        start.StartsWith("GGUF"u8)
            ? null
            : Failure.Invalid(
                "file",
                "This is not a GGUF file: it does not begin with the letters GGUF. Other formats have to be converted first."
            );
}

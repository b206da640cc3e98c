namespace Republic.Core.Datasets.Uploads;

/// <summary>An upload that is on the disk, whole. Until a dataset is made of it, disposing of it takes it away again.</summary>
public sealed class ReceivedSource : IDisposable
{
    private readonly DatasetFiles files;
    private bool isKept;

    internal ReceivedSource(DatasetFiles files, Guid dataset, string? fileName, long bytes, string sha256) =>
        (this.files, Dataset, FileName, Bytes, Sha256) = (files, dataset, fileName, bytes, sha256);

    public Guid Dataset { get; }

    public string? FileName { get; }

    public long Bytes { get; }

    public string Sha256 { get; }

    internal void Keep() => isKept = true;

    public void Dispose()
    {
        if (!isKept)
        {
            files.Delete(Dataset);
        }
    }
}

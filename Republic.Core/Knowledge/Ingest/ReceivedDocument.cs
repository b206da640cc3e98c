namespace Republic.Core.Knowledge.Ingest;

/// <summary>An upload that is on the disk, whole, and of a format that can be read. Until a document is made of it, disposing of it takes it away again.</summary>
public sealed class ReceivedDocument : IDisposable
{
    private readonly DocumentFiles files;
    private bool isKept;

    internal ReceivedDocument(DocumentFiles files, Guid document, string name, DocumentFormat format, string sha256) =>
        (this.files, Document, Name, Format, Sha256) = (files, document, name, format, sha256);

    public Guid Document { get; }

    public string Name { get; }

    public DocumentFormat Format { get; }

    public string Sha256 { get; }

    public long Bytes { get; internal init; }

    internal void Keep() => isKept = true;

    public void Dispose()
    {
        if (!isKept)
        {
            files.Delete(Document);
        }
    }
}

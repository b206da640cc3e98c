using Microsoft.Extensions.Options;
using Republic.Core.Files;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Takes documents in, and looks what they are.</summary>
public sealed class DocumentUpload(DocumentFiles files, DocumentQuota quota, IOptions<IngestOptions> options) : FileUpload(files, quota)
{
    /// <param name="name">Asked for the format of what is text.</param>
    internal Outcome<DocumentFormat> FormatOf(ReceivedFile received, string name) => DocumentKind.Of(received.Path, name, options.Value);
}

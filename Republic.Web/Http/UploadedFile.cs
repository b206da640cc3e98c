using Republic.Core;
using Republic.Core.Datasets;

namespace Republic.Web.Http;

/// <param name="Name">To show; the file lies on the disk under a name of ours.</param>
public sealed record UploadedFile(string Name, Outcome<ReceivedSource> Source);

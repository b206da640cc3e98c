using Republic.Core;
using Republic.Core.Files;

namespace Republic.Web.Http.Uploads;

/// <param name="Name">To show; the file lies on the disk under a name of ours.</param>
public sealed record UploadedFile(string Name, Outcome<ReceivedFile> Source);

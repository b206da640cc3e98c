using Republic.Core;

namespace Republic.Web.Http.Uploads;

/// <param name="Name">To show; the file lies on the disk under a name of ours.</param>
public sealed record UploadedFile<T>(string Name, Outcome<T> Source)
    where T : class;

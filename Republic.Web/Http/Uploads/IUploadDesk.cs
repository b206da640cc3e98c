using Republic.Core;

namespace Republic.Web.Http.Uploads;

/// <summary>Takes files of one form in, for one person.</summary>
public interface IUploadDesk<T>
    where T : class, IDisposable
{
    /// <summary>The most of one form.</summary>
    int MaxFiles { get; }

    /// <summary>Null where the person has room for so much more.</summary>
    Task<Failure?> RefusalAsync(long bytes, CancellationToken ct);

    Task<Outcome<T>> ReceiveAsync(Stream content, string? fileName, CancellationToken ct);
}

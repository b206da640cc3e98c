using Republic.Core;
using Republic.Core.Datasets.Uploads;

namespace Republic.Web.Http.Uploads;

internal sealed class DatasetDesk(HttpContext context, Guid owner) : IUploadDesk<ReceivedSource>
{
    private readonly UploadLimits limits = context.RequestServices.GetRequiredService<UploadLimits>();
    private readonly DatasetUpload upload = context.RequestServices.GetRequiredService<DatasetUpload>();

    public int MaxFiles => limits.MaxFiles;

    public Task<Failure?> RefusalAsync(long bytes, CancellationToken ct) => limits.RefusalAsync(owner, bytes, ct);

    public Task<Outcome<ReceivedSource>> ReceiveAsync(Stream content, string? fileName, CancellationToken ct) =>
        upload.ReceiveAsync(owner, content, fileName, coming: 1, ct);
}

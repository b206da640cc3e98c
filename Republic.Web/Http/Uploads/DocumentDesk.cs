using Republic.Core;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Web.Http.Uploads;

internal sealed class DocumentDesk(HttpContext context, Guid owner) : IUploadDesk<ReceivedDocument>
{
    private readonly DocumentQuota quota = context.RequestServices.GetRequiredService<DocumentQuota>();
    private readonly DocumentUpload upload = context.RequestServices.GetRequiredService<DocumentUpload>();

    public int MaxFiles => quota.MaxFiles;

    public Task<Failure?> RefusalAsync(long bytes, CancellationToken ct) => quota.RefusalAsync(owner, bytes, ct);

    public Task<Outcome<ReceivedDocument>> ReceiveAsync(Stream content, string? fileName, CancellationToken ct) =>
        upload.ReceiveAsync(owner, content, fileName, ct);
}
